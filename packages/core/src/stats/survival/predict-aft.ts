import type { AftFit } from './aft.ts';
import { type ErrorTerm, errorDistributions } from './aft-families.ts';

/** P(no event by `time` | x), 0 to 1; 1 at times not above 0. `values`: one a column, without the intercept. */
export function aftSurvival(fit: AftFit, values: ArrayLike<number>, time: number): number {
  if (!(time > 0)) return 1;
  const term: ErrorTerm = { value: 0, slope: 0, bend: 0 };
  errorDistributions[fit.family].survival((Math.log(time) - logTime(fit, values)) / fit.scale, term);
  return Math.exp(term.value);
}

/** The time by which `gone` (between 0 and 1; .5: the median) of such subjects have had the event. */
export function aftQuantile(fit: AftFit, values: ArrayLike<number>, gone = 0.5): number {
  return Math.exp(logTime(fit, values) + fit.scale * errorDistributions[fit.family].quantile(gone));
}

function logTime({ coefficients }: AftFit, values: ArrayLike<number>): number {
  return coefficients.reduce((sum, coefficient, j) => sum + coefficient * (j === 0 ? 1 : values[j - 1]!), 0);
}
