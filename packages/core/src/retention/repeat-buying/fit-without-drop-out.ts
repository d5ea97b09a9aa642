import type { FitControl } from '../../stats/fit.ts';
import { climb, type Summit } from '../maximum-likelihood/climb.ts';
import { type Estimates, estimatesOf } from '../maximum-likelihood/estimates.ts';
import type { GroupedAccounts } from './grouped-by-frequency.ts';
import { limitNote } from './limit-note.ts';
import { nbdTarget } from './nbd-target.ts';

/** Drop-out that adds less than this to the log-likelihood is none: an own maximum adds far more. */
const GAIN = 1e-4;

/**
 * The NBD in place of a model with drop-out whose maximum lies on the boundary: where nobody drops out the likelihood is as large.
 * `null` when drop-out explains more, or when the NBD has no maximum either.
 */
export function fitWithoutDropOut(
  withDropOut: Summit,
  accounts: GroupedAccounts,
  control: FitControl,
): (Estimates<'r' | 'alpha'> & { readonly note: string }) | null {
  const summit = climb(nbdTarget(accounts), withDropOut.theta.slice(0, 2), control);
  if (summit.outcome !== 'converged' || summit.value < withDropOut.value - GAIN) return null;
  const estimates = estimatesOf(['r', 'alpha'], summit);
  const note =
    'The orders show no sign that accounts drop out: the best fit lies on the boundary, so this is the NBD and every account counts as active.';
  const limit = limitNote(estimates.limits);
  return { ...estimates, note: limit === null ? note : `${note} ${limit}` };
}
