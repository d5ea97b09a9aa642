import type { FittedRetention } from './fitted-retention.ts';

/** A prediction on the log-odds scale; `contributions`, in the drivers' order, add up to `logOdds - intercept`. */
export interface RiskPrediction {
  readonly logOdds: number;
  readonly variance: number;
  readonly contributions: Float64Array;
}

/** Log-odds of loss of one account, as if untreated, from its swings in the drivers' order; `NaN` is missing. */
export function predictRisk(fitted: FittedRetention, swings: ArrayLike<number>): RiskPrediction {
  const p = fitted.drivers.length;
  const contributions = new Float64Array(p);
  let logOdds = fitted.intercept;
  for (let j = 0; j < p; j++) {
    const driver = fitted.drivers[j]!;
    const value = swings[j] ?? Number.NaN;
    contributions[j] = Number.isNaN(value) ? driver.missing : driver.weight * (value - driver.reference);
    logOdds += contributions[j]!;
  }
  return { logOdds, variance: quadraticForm(fitted.covariance, riskGradient(fitted, swings)), contributions };
}

/** How the log-odds move with (intercept, every weight, every missing): the row of the design in `covariance`'s order. */
export function riskGradient(fitted: FittedRetention, swings: ArrayLike<number>): Float64Array {
  const p = fitted.drivers.length;
  const gradient = new Float64Array(1 + 2 * p);
  gradient[0] = 1;
  for (let j = 0; j < p; j++) {
    const value = swings[j] ?? Number.NaN;
    if (Number.isNaN(value)) gradient[1 + p + j] = 1;
    else gradient[1 + j] = value - fitted.drivers[j]!.reference;
  }
  return gradient;
}

/** `g' C g` for a lower triangle `C`, row by row; entries of `g` that are 0 cost nothing. */
export function quadraticForm(triangle: readonly number[], g: Float64Array): number {
  const places = new Uint16Array(g.length);
  let filled = 0;
  for (let j = 0; j < g.length; j++) if (g[j] !== 0) places[filled++] = j;
  let sum = 0;
  for (let a = 0; a < filled; a++) {
    const j = places[a]!;
    const left = g[j]!;
    const line = (j * (j + 1)) / 2;
    let row = 0;
    for (let b = 0; b < a; b++) row += triangle[line + places[b]!]! * g[places[b]!]!;
    sum += left * (2 * row + triangle[line + j]! * left);
  }
  return sum;
}
