import type { FitControl, FitRefusal } from '../../../stats/fit.ts';
import { estimatesOf } from '../../maximum-likelihood/estimates.ts';
import { refusedClimb } from '../../maximum-likelihood/refused-climb.ts';
import { checkSummary } from '../check-summary.ts';
import { fitFromStarts, meanOf } from '../fit-from-starts.ts';
import { fitWithoutDropOut } from '../fit-without-drop-out.ts';
import { groupByFrequency } from '../grouped-by-frequency.ts';
import { limitNote } from '../limit-note.ts';
import type { ParetoNbdModel } from '../repeat-model.ts';
import type { RepeatBuyingSummary } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';
import { paretoNbdTarget } from './likelihood.ts';

const NAMES = ['r', 'alpha', 's', 'beta'] as const;

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
  const accounts = groupByFrequency(summary);
  const summit = fitFromStarts(paretoNbdTarget, starts(summary), summary, accounts, control);
  if (summit.outcome === 'cancelled') return refusedClimb(summit, 'pareto-nbd')!;
  const about = {
    fitted: true,
    family: 'pareto-nbd',
    base: summary.base,
    accounts: summary.frequency.length,
  } as const;

  const [s, beta] = [Math.exp(summit.theta[2]!), Math.exp(summit.theta[3]!)];
  // the share that drops out within the mean age
  const dropOut = -Math.expm1(-s * Math.log1p(meanOf(summary.age) / beta));
  if (summit.outcome !== 'converged' || dropOut < 0.05) {
    const nbd = fitWithoutDropOut(summit, accounts, control);
    if (nbd) {
      const { parameters, standardErrors, limits, ...rest } = nbd;
      return {
        ...about,
        ...rest,
        parameters: { ...parameters, s: 0, beta: 1 },
        standardErrors: { ...standardErrors, s: null, beta: null },
        limits: [...limits, { parameter: 's', at: 'zero' }],
      };
    }
  }
  const notConverged = refusedClimb(summit, 'pareto-nbd');
  if (notConverged) return notConverged;
  const estimates = estimatesOf(NAMES, summit);
  return { ...about, ...estimates, note: limitNote(estimates.limits) };
}

function starts(summary: RepeatBuyingSummary<TimeBase>): number[][] {
  const age = meanOf(summary.age);
  const rate = meanOf(summary.frequency) / age;
  return [0.03, 0.1, 0.4, 2].flatMap((share) =>
    [
      [0.5, 0.3],
      [1, 1],
      [1, 5],
    ].map(([s, wait]) => [1.5 * rate * share * age, share * age, s!, wait! * age]),
  );
}
