import type { FitControl, FitRefusal } from '../../stats/fit.ts';
import { bestStart } from '../maximum-likelihood/best-start.ts';
import { climb, MOST_SCALE, MOST_SHAPE } from '../maximum-likelihood/climb.ts';
import { type Estimates, estimatesOf } from '../maximum-likelihood/estimates.ts';
import { refusedClimb } from '../maximum-likelihood/refused-climb.ts';
import { withDifferencedHessian } from '../maximum-likelihood/target.ts';
import { limitNote } from '../repeat-buying/limit-note.ts';
import type { TimeBase } from '../repeat-buying/time-base.ts';
import { checkCohorts } from './check-cohorts.ts';
import { type ContractCohort, countRenewals } from './contract-cohort.ts';
import { renewalTarget } from './likelihood.ts';
import type { BdwModel, SbgModel } from './renewal-model.ts';

/** c, the last, beyond 20 is a step. */
const HIGHEST = [MOST_SHAPE, MOST_SCALE, 3];
const shapes = () => [0.3, 1, 5].flatMap((gamma) => [0.5, 3, 20].map((delta) => [gamma, delta]));

/**
 * Fits the sBG by maximum likelihood to cohorts of one term; needs one with two renewals. Accounts that do not differ
 * put both parameters at infinity (a constant chance to leave), which is listed and noted.
 *
 * Source: Fader and Hardie 2007, "How to Project Customer Retention", JIM 21:76.
 *
 * @example
 * fitSbg([{ base: 'years', kept: [1000, 869, 743, 653, 593, 551, 517, 491] }]) // alpha .668, beta 3.806
 */
export function fitSbg<B extends TimeBase>(
  cohorts: readonly ContractCohort<B>[],
  control: FitControl = {},
): SbgModel<B> | FitRefusal {
  const fit = fitShape(cohorts, 2, ['alpha', 'beta'], shapes(), 'sbg', control);
  return 'fitted' in fit ? fit : { fitted: true, family: 'sbg', base: cohorts[0]!.base, ...fit };
}

/**
 * Fits the BdW by maximum likelihood; needs a cohort with three renewals.
 *
 * Source: Fader, Hardie, Liu, Davin and Steenburgh 2018, "How to Project Customer Retention Revisited", JIM 43:1.
 */
export function fitBdw<B extends TimeBase>(
  cohorts: readonly ContractCohort<B>[],
  control: FitControl = {},
): BdwModel<B> | FitRefusal {
  const starts = shapes().flatMap((shape) => [0.7, 1.3].map((c) => [...shape, c]));
  const fit = fitShape(cohorts, 3, ['gamma', 'delta', 'c'], starts, 'bdw', control);
  return 'fitted' in fit ? fit : { fitted: true, family: 'bdw', base: cohorts[0]!.base, ...fit };
}

function fitShape<Name extends string>(
  cohorts: readonly ContractCohort<TimeBase>[],
  renewals: number,
  names: readonly Name[],
  starts: readonly (readonly number[])[],
  what: string,
  control: FitControl,
): (Estimates<Name> & { readonly accounts: number; readonly note: string | null }) | FitRefusal {
  const refusal = checkCohorts(cohorts, renewals);
  if (refusal) return refusal;
  const target = renewalTarget(countRenewals(cohorts));
  const summit = climb(withDifferencedHessian(target), bestStart(target, starts), HIGHEST, control);
  const notConverged = refusedClimb(summit, what);
  if (notConverged) return notConverged;
  const estimates = estimatesOf(names, summit);
  const accounts = cohorts.reduce((sum, { kept }) => sum + (kept[0] ?? 0), 0);
  return { ...estimates, accounts, note: limitNote(estimates.limits) };
}
