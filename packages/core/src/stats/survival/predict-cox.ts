import { type FitRefusal, refuseFit } from '../fit.ts';
import type { CoxFit } from './cox.ts';
import { lastStepAt } from './survival-curve.ts';
import { crossing } from './survival-quantile.ts';

/** The survival of one subject: a step function; 1 before the first time. */
export interface SubjectSurvival {
  readonly fitted: true;
  readonly time: readonly number[];
  readonly survival: readonly number[];
  /** When half of such subjects are gone; null where the curve ends above one half. */
  readonly median: number | null;
}

/**
 * S(t | x) = exp(-H(t) exp(coefficients' (x - means))), with H of the subject's stratum. `values`: one a column, in the order
 * of the fit's names. Refused: another number of values, values that are not finite, an unknown stratum.
 */
export function predictCoxSurvival(
  fit: CoxFit,
  values: ArrayLike<number>,
  stratum?: number,
): SubjectSurvival | FitRefusal {
  const baseline = fit.baseline.find((one) => stratum === undefined || one.stratum === stratum);
  const ratio = Math.exp(logHazardRatio(fit, values));
  if (values.length !== fit.names.length || !Number.isFinite(ratio))
    return refuseFit('not-finite', `Give ${fit.names.length} finite values: ${fit.names.join(', ')}.`);
  if (!baseline || (stratum === undefined && fit.baseline.length > 1))
    return refuseFit('out-of-range', `Name one of the strata ${fit.baseline.map((one) => one.stratum).join(', ')}.`);
  const survival = baseline.cumulative.map((hazard) => Math.exp(-hazard * ratio));
  return { fitted: true, time: baseline.time, survival, median: crossing(baseline.time, survival, 0.5) };
}

/** coefficients' (x - means): log hazard against a subject at the means. */
export function logHazardRatio(fit: CoxFit, values: ArrayLike<number>): number {
  return fit.coefficients.reduce((sum, coefficient, j) => sum + coefficient * (values[j]! - fit.means[j]!), 0);
}

/** The step of a subject's survival that holds at `time`. */
export function subjectSurvivalAt({ time, survival }: SubjectSurvival, at: number): number {
  return survival[lastStepAt(time, at)] ?? 1;
}
