import { type FitControl, type FitRefusal, refuseFit } from '../fit.ts';
import { type AftFamily, errorDistributions } from './aft-families.ts';
import { type AftOptimum, type AftRows, maximiseAft } from './aft-newton.ts';
import { type ColumnScale, type Covariates, scaleColumns } from './covariates.ts';
import { checkSpells, type Spells } from './spells.ts';

/** Log time = intercept + coefficients' x + scale x error. A positive coefficient lengthens. */
export interface AftFit {
  readonly fitted: true;
  readonly family: AftFamily;
  readonly rows: number;
  /** Weighted. */
  readonly events: number;
  /** `(Intercept)`, then the columns'. */
  readonly names: readonly string[];
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  /** 1 for the exponential. The Weibull's shape is 1 / scale. */
  readonly scale: number;
  readonly logScale: number;
  /** 0 where the scale is fixed. */
  readonly logScaleError: number;
  /** Of the coefficients and log scale, row by row. */
  readonly covariance: readonly number[];
  /** Of the times themselves. */
  readonly logLikelihood: number;
  /** With intercept (and scale) alone. */
  readonly logLikelihoodNull: number;
  readonly iterations: number;
}

/**
 * Accelerated failure time regression on right-censored times above 0; without columns the distribution alone. Weights are equal
 * rows. Standard errors from the observed information. Refused: no rows, no events, times not above 0, late entries, constant or
 * dependent columns, an infinite coefficient, a scale that runs to 0, values that are not finite, no convergence, cancelled.
 * Source: Kalbfleisch and Prentice 2002, The Statistical Analysis of Failure Time Data, 2.3 and 3.4.
 */
export function fitAft(
  spells: Pick<Spells, 'time' | 'event' | 'weight'>,
  covariates: Covariates,
  family: AftFamily,
  control?: FitControl,
): AftFit | FitRefusal {
  const refusal = checkSpells(spells) ?? checkAft(spells);
  if (refusal) return refusal;
  const rows = spells.time.length;
  const none: ColumnScale = { means: new Float64Array(0), deviations: new Float64Array(0) };
  const scale = covariates.names.length === 0 ? none : scaleColumns(covariates, rows);
  if ('fitted' in scale) return scale;
  const names = ['(Intercept)', ...covariates.names, 'log(scale)'];
  const full = arrange(spells, covariates, scale, family);
  const top = maximiseAft(full.rows, full.start, names, control);
  if (!top.fitted) return top;
  const empty = arrange(spells, { names: [], values: [] }, none, family);
  const alone = maximiseAft(empty.rows, empty.start, ['(Intercept)', 'log(scale)'], control);
  if (!alone.fitted) return alone;
  return {
    fitted: true,
    family,
    rows,
    events: full.rows.events,
    names: names.slice(0, -1),
    ...estimates(top, scale, full.centre),
    logLikelihood: top.logLikelihood - full.logTimes,
    logLikelihoodNull: alone.logLikelihood - full.logTimes,
    iterations: top.iterations,
  };
}

function checkAft(spells: Pick<Spells, 'time' | 'event'>): FitRefusal | undefined {
  if ('entry' in spells && spells.entry)
    return refuseFit('out-of-range', 'Late entries are for Cox and Kaplan-Meier: this model watches from time 0.');
  const { time, event } = spells;
  for (let row = 0; row < time.length; row++)
    if (!(time[row]! > 0))
      return refuseFit('out-of-range', `The time of row ${row} is ${time[row]}: it must be above 0.`);
  if (!Array.prototype.includes.call(event, 1))
    return refuseFit('no-events', 'No row has an event: how long it takes cannot be learned yet.');
  return undefined;
}

interface Arranged {
  readonly rows: AftRows;
  readonly start: Float64Array;
  /** Mean log time, taken off for accuracy. */
  readonly centre: number;
  /** Sum of the log times of events. */
  readonly logTimes: number;
}

function arrange(
  { time, event, weight }: Pick<Spells, 'time' | 'event' | 'weight'>,
  { values }: Covariates,
  { means, deviations }: ColumnScale,
  family: AftFamily,
): Arranged {
  const p = means.length;
  const columns = p + 2;
  const logs = Float64Array.from(time, Math.log);
  const centre = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const z = new Float64Array(logs.length * columns);
  let [events, logTimes, total] = [0, 0, 0];
  for (let row = 0; row < logs.length; row++) {
    const at = row * columns;
    z[at] = -1;
    for (let j = 0; j < p; j++) z[at + 1 + j] = -(values[row * p + j]! - means[j]!) / deviations[j]!;
    z[at + 1 + p] = logs[row]! - centre;
    const w = weight?.[row] ?? 1;
    total += w * Math.exp(logs[row]! - centre);
    if (event[row] !== 1) continue;
    events += w;
    logTimes += w * logs[row]!;
  }
  const start = new Float64Array(columns);
  start[0] = Math.log(total / events); // the exponential without columns
  start[columns - 1] = 1;
  const weights = Float64Array.from(logs, (_, row) => weight?.[row] ?? 1);
  const error = errorDistributions[family];
  const rows = { z, columns, event, weight: weights, events, error, fixedScale: family === 'exponential' };
  return { rows, start, centre, logTimes };
}

/** From q = (means / scale, 1 / scale) of standardised columns to coefficients and log scale of the columns as they came. */
function estimates({ q, covariance }: AftOptimum, { means, deviations }: ColumnScale, centre: number) {
  const size = q.length;
  const scale = 1 / q[size - 1]!;
  const standardised = Array.from(q.subarray(0, -1), (value) => value * scale);
  // the Jacobian: first by q, then of the linear map back to the columns' own units
  const jacobian = Array.from({ length: size }, () => new Float64Array(size));
  const byScale = (j: number) => -(standardised[j]! * scale);
  for (let j = 1; j < size - 1; j++) {
    const unit = 1 / deviations[j - 1]!;
    jacobian[j]![j] = scale * unit;
    jacobian[j]![size - 1] = byScale(j) * unit;
    jacobian[0]![j] = -scale * unit * means[j - 1]!;
    jacobian[0]![size - 1]! -= byScale(j) * unit * means[j - 1]!;
  }
  jacobian[0]![0] = scale;
  jacobian[0]![size - 1]! += byScale(0);
  jacobian[size - 1]![size - 1] = -scale;
  const coefficients = standardised.map((value, j) => (j === 0 ? value + centre : value / deviations[j - 1]!));
  for (let j = 1; j < size - 1; j++) coefficients[0]! -= coefficients[j]! * means[j - 1]!;
  const spread = jacobian.flatMap((left) => jacobian.map((right) => sandwich(left, covariance, right)));
  const errors = jacobian.map((_, j) => Math.sqrt(spread[j * size + j]!));
  return {
    coefficients,
    standardErrors: errors.slice(0, -1),
    scale,
    logScale: Math.log(scale),
    logScaleError: errors[size - 1]!,
    covariance: spread,
  };
}

function sandwich(left: Float64Array, middle: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++)
    for (let j = 0; j < right.length; j++) sum += left[i]! * middle[i * right.length + j]! * right[j]!;
  return sum;
}
