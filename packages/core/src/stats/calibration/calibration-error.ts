import { createRandom, type Random } from '../random/index.ts';
import { type BinOptions, binRows, calibrationBins } from './calibration-bins.ts';

/** Below this many rows the expected calibration error allows no verdict: chance alone makes it too large. */
export const LEAST_ROWS_FOR_VERDICT = 2000;
/** From this variance on a bin's events are drawn from the normal distribution. */
const NORMAL_FROM = 25;

/** The expected calibration error beside what perfect calibration would have shown. */
export interface CalibrationError {
  /** Mean distance of predicted from observed over the bins. */
  readonly value: number;
  /** Its mean when every prediction is the true probability. */
  readonly nullMean: number;
  /** Its 95 % point then. */
  readonly nullHigh: number;
  readonly verdict: 'within chance' | 'beyond chance' | 'too few rows';
}

/**
 * Expected calibration error (ECE) over bins of equal counts: the mean over rows of |predicted - observed| of their bin; `null`
 * without rows. Never 0 in a finite sample: read it beside `eceNull`. Source: Naeini, Cooper and Hauskrecht 2015, AAAI.
 */
export function ece(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  options: BinOptions = {},
): number | null {
  const bins = calibrationBins(probabilities, outcomes, options);
  if (bins.length === 0) return null;
  return bins.reduce((sum, { share, predicted, observed }) => sum + share * Math.abs(predicted - observed), 0);
}

/**
 * The distribution of `ece` when the predictions are the true probabilities: its mean and 95 % point over seeded draws of the
 * outcomes. A bin's events are drawn row by row while their variance is below 25, from the normal distribution above. With
 * 10 bins about .01 at 7,000 rows and .05 at 200. `null` without rows.
 *
 * Source: Brocker and Smith 2007, Weather and Forecasting 22:651 (consistency resampling).
 */
export function eceNull(
  probabilities: ArrayLike<number>,
  { draws = 1000, seed = 1, ...options }: BinOptions & { readonly draws?: number; readonly seed?: number } = {},
): { readonly mean: number; readonly high: number } | null {
  const random = createRandom(seed);
  const bins = binRows(probabilities, options.bins).map((rows) => nullBin(rows, probabilities, options.weights));
  const weight = bins.reduce((sum, bin) => sum + bin.weight, 0);
  if (!(weight > 0)) return null;
  const errors = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++)
    errors[draw] = bins.reduce((sum, bin) => sum + Math.abs(drawExcess(bin, random)), 0) / weight;
  errors.sort();
  return { mean: errors.reduce((sum, error) => sum + error, 0) / draws, high: errors[Math.ceil(0.95 * draws) - 1]! };
}

/** `ece` with `eceNull` and what may be said: nothing below 2,000 rows. `null` without rows. */
export function calibrationError(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  options: BinOptions & { readonly draws?: number; readonly seed?: number } = {},
): CalibrationError | null {
  const value = ece(probabilities, outcomes, options);
  const expected = eceNull(probabilities, options);
  if (value === null || expected === null) return null;
  const seen = value <= expected.high ? 'within chance' : 'beyond chance';
  const verdict = probabilities.length < LEAST_ROWS_FOR_VERDICT ? 'too few rows' : seen;
  return { value, nullMean: expected.mean, nullHigh: expected.high, verdict };
}

interface NullBin {
  readonly weight: number;
  readonly variance: number;
  readonly chances: Float64Array;
  readonly weights: Float64Array;
}

function nullBin(rows: Uint32Array, probabilities: ArrayLike<number>, given: ArrayLike<number> | undefined): NullBin {
  const chances = Float64Array.from(rows, (row) => probabilities[row]!);
  const weights = Float64Array.from(rows, (row) => given?.[row] ?? 1);
  let weight = 0;
  let variance = 0;
  for (let i = 0; i < rows.length; i++) {
    weight += weights[i]!;
    variance += weights[i]! ** 2 * chances[i]! * (1 - chances[i]!);
  }
  return { weight, variance, chances, weights };
}

/** Weighted events less their expectation. */
function drawExcess({ variance, chances, weights }: NullBin, random: Random): number {
  if (variance >= NORMAL_FROM) return Math.sqrt(variance) * random.normal();
  let excess = 0;
  for (let i = 0; i < chances.length; i++)
    excess += weights[i]! * ((random.uniform() < chances[i]! ? 1 : 0) - chances[i]!);
  return excess;
}
