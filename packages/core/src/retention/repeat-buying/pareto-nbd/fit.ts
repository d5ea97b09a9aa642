import type { FitControl, FitRefusal } from '../../../stats/fit.ts';
import { type Estimates, estimatesOf, unscaled } from '../../maximum-likelihood/estimates.ts';
import { refusedClimb } from '../../maximum-likelihood/refused-climb.ts';
import { checkSummary } from '../check-summary.ts';
import { fitFromStarts, meanOf } from '../fit-from-starts.ts';
import { fitWithoutDropOut, WITHOUT_DROP_OUT } from '../fit-without-drop-out.ts';
import { groupByFrequency } from '../grouped-by-frequency.ts';
import { limitNote } from '../limit-note.ts';
import type { ParetoNbdModel } from '../repeat-model.ts';
import type { RepeatBuyingSummary } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';
import { paretoNbdTarget } from './likelihood.ts';

const NAMES = ['r', 'alpha', 's', 'beta'] as const;
/** Starts of s, and beta in mean ages. */
const DROP_OUTS = [
  [0.5, 0.3],
  [1, 1],
  [1, 5],
] as const;

/**
 * Fits the Pareto/NBD by maximum likelihood: an account may drop out at any moment. Standard errors are of the observed
 * information. Where no drop-out fits as well the model is the NBD: `s` = 0, `beta` = 1 and a note says so.
 *
 * Source: Schmittlein, Morrison and Colombo 1987, Management Science 33:1.
 */
export function fitParetoNbd<B extends TimeBase>(
  summary: RepeatBuyingSummary<B>,
  control: FitControl = {},
): ParetoNbdModel<B> | FitRefusal {
  const refusal = checkSummary(summary);
  if (refusal) return refusal;
  const accounts = groupByFrequency(summary, meanOf(summary.age));
  const summit = fitFromStarts(paretoNbdTarget, DROP_OUTS, summary, accounts, control);
  if (summit.outcome === 'cancelled') return refusedClimb(summit, 'pareto-nbd')!;
  const events = summary.frequency.length * meanOf(summary.frequency);
  const about = { fitted: true, family: 'pareto-nbd', base: summary.base, accounts: summary.frequency.length } as const;

  const estimates = estimatesOf(NAMES, summit);
  const onLimit = estimates.limits.some(({ parameter }) => parameter === 's' || parameter === 'beta');
  // the share that drops out within the mean age
  const dropOut = -Math.expm1(-Math.exp(summit.theta[2]!) * Math.log1p(Math.exp(-summit.theta[3]!)));
  if (summit.outcome !== 'converged' || onLimit || dropOut < 0.05) {
    const nbd = fitWithoutDropOut(summit, onLimit, accounts, control);
    if (nbd) return { ...about, ...withoutDropOut(unscaled(nbd, accounts.scale, ['alpha'], events)) };
  }
  return (
    refusedClimb(summit, 'pareto-nbd') ?? {
      ...about,
      ...unscaled(estimates, accounts.scale, ['alpha', 'beta'], events),
      note: limitNote(estimates.limits),
    }
  );
}

function withoutDropOut(nbd: Estimates<'r' | 'alpha'>) {
  const limit = limitNote(nbd.limits);
  return {
    ...nbd,
    parameters: { ...nbd.parameters, s: 0, beta: 1 },
    standardErrors: { ...nbd.standardErrors, s: null, beta: null },
    limits: [...nbd.limits, { parameter: 's', at: 'zero' }] as const,
    note: limit === null ? WITHOUT_DROP_OUT : `${WITHOUT_DROP_OUT} ${limit}`,
  };
}
