import type { FitControl, FitRefusal } from '../../../stats/fit.ts';
import { type Estimates, estimatesOf, unscaled } from '../../maximum-likelihood/estimates.ts';
import { refusedClimb } from '../../maximum-likelihood/refused-climb.ts';
import { checkSummary } from '../check-summary.ts';
import { fitFromStarts, meanOf } from '../fit-from-starts.ts';
import { fitWithoutDropOut, WITHOUT_DROP_OUT } from '../fit-without-drop-out.ts';
import { groupByFrequency } from '../grouped-by-frequency.ts';
import { limitNote } from '../limit-note.ts';
import type { BetaGeometricModel } from '../repeat-model.ts';
import type { RepeatBuyingSummary } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';
import { betaGeometricTarget } from './likelihood.ts';

const NAMES = ['r', 'alpha', 'a', 'b'] as const;
/** Starts of a and b. */
const DROP_OUTS = [
  [0.5, 1.5],
  [1, 1],
  [1, 20],
] as const;

/**
 * Fits the BG/NBD by maximum likelihood: an account may drop out right after a repeat order, so one without repeat
 * orders counts as active for ever. Standard errors are of the observed information. Where the best `a` is 0 the model
 * is the NBD: `a` = 0, `b` = 1 and a note says so.
 *
 * Source: Fader, Hardie and Lee 2005, Marketing Science 24:275.
 *
 * @example
 * const { summary } = summariseOrders(orders, '2026-06-30', 'weeks');
 * const model = fitBgNbd(summary);
 * if (!model.fitted) console.log(model.message);
 */
export function fitBgNbd<B extends TimeBase>(
  summary: RepeatBuyingSummary<B>,
  control: FitControl = {},
): BetaGeometricModel<B> | FitRefusal {
  return fit(summary, 'bg-nbd', control);
}

/**
 * Fits the MBG/NBD: as `fitBgNbd`, but an account may also drop out right after its first order.
 *
 * Source: Batislam, Denizel and Filiztekin 2007, IJRM 24:201; Hoppe and Wagner 2007, Marketing JRM 3:75.
 */
export function fitMbgNbd<B extends TimeBase>(
  summary: RepeatBuyingSummary<B>,
  control: FitControl = {},
): BetaGeometricModel<B> | FitRefusal {
  return fit(summary, 'mbg-nbd', control);
}

function fit<B extends TimeBase>(
  summary: RepeatBuyingSummary<B>,
  family: BetaGeometricModel<B>['family'],
  control: FitControl,
): BetaGeometricModel<B> | FitRefusal {
  const refusal = checkSummary(summary);
  if (refusal) return refusal;
  const accounts = groupByFrequency(summary, meanOf(summary.age));
  const atEntry = family === 'bg-nbd' ? 0 : 1;
  const summit = fitFromStarts((it) => betaGeometricTarget(it, atEntry), DROP_OUTS, summary, accounts, control);
  if (summit.outcome === 'cancelled') return refusedClimb(summit, family)!;
  const events = summary.frequency.length * meanOf(summary.frequency);
  const about = { fitted: true, family, base: summary.base, accounts: summary.frequency.length } as const;

  const estimates = estimatesOf(NAMES, summit);
  const onLimit = estimates.limits.some(({ parameter }) => parameter === 'a' || parameter === 'b');
  const [a, b] = [Math.exp(summit.theta[2]!), Math.exp(summit.theta[3]!)];
  if (summit.outcome !== 'converged' || onLimit || a < 0.05 || a / (a + b) < 0.02) {
    const nbd = fitWithoutDropOut(summit, onLimit, accounts, control);
    if (nbd) return { ...about, ...withoutDropOut(unscaled(nbd, accounts.scale, ['alpha'], events)) };
  }
  return (
    refusedClimb(summit, family) ?? {
      ...about,
      ...unscaled(estimates, accounts.scale, ['alpha'], events),
      note: limitNote(estimates.limits),
    }
  );
}

function withoutDropOut(nbd: Estimates<'r' | 'alpha'>) {
  const limit = limitNote(nbd.limits);
  return {
    ...nbd,
    parameters: { ...nbd.parameters, a: 0, b: 1 },
    standardErrors: { ...nbd.standardErrors, a: null, b: null },
    limits: [...nbd.limits, { parameter: 'a', at: 'zero' }] as const,
    note: limit === null ? WITHOUT_DROP_OUT : `${WITHOUT_DROP_OUT} ${limit}`,
  };
}
