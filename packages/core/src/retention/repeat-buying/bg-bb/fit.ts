import type { FitControl, FitRefusal } from '../../../stats/fit.ts';
import { bestStart } from '../../maximum-likelihood/best-start.ts';
import { climb, MOST_SCALE, MOST_SHAPE } from '../../maximum-likelihood/climb.ts';
import { estimatesOf } from '../../maximum-likelihood/estimates.ts';
import { refusedClimb } from '../../maximum-likelihood/refused-climb.ts';
import { withDifferencedHessian } from '../../maximum-likelihood/target.ts';
import { checkOccasions } from '../check-summary.ts';
import { limitNote } from '../limit-note.ts';
import type { BgBbModel } from '../repeat-model.ts';
import type { OccasionSummary } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';
import { mergeCells } from './cells.ts';
import { bgBbTarget } from './likelihood.ts';

const NAMES = ['alpha', 'beta', 'gamma', 'delta'] as const;
const HIGHEST = [MOST_SHAPE, MOST_SHAPE, MOST_SHAPE, MOST_SCALE];
const starts = () =>
  [0.5, 2].flatMap((order) => [0.5, 2].flatMap((miss) => [2, 8].map((stay) => [order, miss, 0.7, stay])));

/**
 * Fits the BG/BB by maximum likelihood: on every occasion (a month, a year) an active account orders or does not, and
 * may drop out before the next. Standard errors are of the observed information. A parameter on a limit is listed and
 * noted.
 *
 * Source: Fader, Hardie and Shang 2010, Marketing Science 29:1086.
 */
export function fitBgBb<B extends TimeBase>(
  summary: OccasionSummary<B>,
  control: FitControl = {},
): BgBbModel<B> | FitRefusal {
  const refusal = checkOccasions(summary);
  if (refusal) return refusal;
  const target = bgBbTarget(mergeCells(summary));
  const summit = climb(withDifferencedHessian(target), bestStart(target, starts()), HIGHEST, control);
  const notConverged = refusedClimb(summit, 'bg-bb');
  if (notConverged) return notConverged;
  const estimates = estimatesOf(NAMES, summit);
  return {
    fitted: true,
    family: 'bg-bb',
    base: summary.base,
    accounts: summary.accounts.reduce((sum, it) => sum + it, 0),
    ...estimates,
    note: limitNote(estimates.limits),
  };
}
