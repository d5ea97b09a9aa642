import type { FitControl } from '../../stats/fit.ts';
import { climb, MOST_SCALE, MOST_SHAPE, type Summit } from '../maximum-likelihood/climb.ts';
import { type Estimates, estimatesOf } from '../maximum-likelihood/estimates.ts';
import { signalOnly } from './fit-from-starts.ts';
import type { GroupedAccounts } from './grouped-by-frequency.ts';
import { nbdTarget } from './nbd-target.ts';

/** Drop-out that adds less than this to the log-likelihood is none: rounding adds as much. */
const GAIN = 1e-4;
/**
 * Drop-out on a limit must add more than this, else its own maximum is an accident: twice it is below the 5 % point of
 * chi-square on 2.
 */
const GAIN_ON_LIMIT = 2.99;

/** Said of a model in which nobody drops out. */
export const WITHOUT_DROP_OUT =
  'The orders show no sign that accounts drop out: the best fit lies on the boundary, so this is the NBD and every account counts as active.';

/**
 * The NBD in place of a model with drop-out whose maximum lies on the boundary. `null` when drop-out explains more, or
 * when the NBD has no maximum either. `onLimit`: a parameter of the drop-out lies on a limit.
 */
export function fitWithoutDropOut(
  withDropOut: Summit,
  onLimit: boolean,
  accounts: GroupedAccounts,
  control: FitControl,
): Estimates<'r' | 'alpha'> | null {
  const start = withDropOut.theta.slice(0, 2);
  const summit = climb(nbdTarget(accounts), start, [MOST_SHAPE, MOST_SCALE], signalOnly(control));
  const enough = onLimit ? GAIN_ON_LIMIT : GAIN;
  if (summit.outcome !== 'converged' || withDropOut.value - summit.value > enough) return null;
  return estimatesOf(['r', 'alpha'], summit);
}
