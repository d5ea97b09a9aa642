import type { FitRefusal } from '../fit.ts';
import { logistic, logit, normalQuantile } from '../special/index.ts';
import { fitPlatt, type RowOptions } from './platt.ts';
import type { Interval } from './wilson.ts';

/** How far probabilities are from what happened: slope 1 and intercept 0 are perfect. */
export interface CalibrationSlope {
  readonly fitted: true;
  /** Below 1: the probabilities are too extreme. */
  readonly slope: number;
  readonly slopeError: number;
  readonly slopeInterval: Interval;
  /** Of the fitted line, in log-odds. */
  readonly intercept: number;
  readonly interceptError: number;
  /** The shift in log-odds that makes the expected number of events the observed one, at slope 1. */
  readonly inTheLarge: number;
  /** Weighted events over the sum of the probabilities. */
  readonly observedToExpected: number;
}

/**
 * Calibration slope and intercept: the logistic regression of the outcomes (0 or 1) on the log-odds of their predicted
 * probabilities; with `clusters` the interval is cluster-robust. Refused as `fitPlatt`, so also for probabilities of 0 or 1.
 *
 * Source: Cox 1958, Biometrika 45:562; Van Calster et al. 2016, J Clin Epidemiol 74:167.
 */
export function calibrationSlope(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  options: RowOptions & { readonly level?: number } = {},
): CalibrationSlope | FitRefusal {
  const logOdds = Float64Array.from(probabilities, logit);
  const fit = fitPlatt(logOdds, outcomes, options);
  if (!fit.fitted) return fit;
  const { slope, slopeError, intercept, interceptError } = fit;
  const half = normalQuantile((1 + (options.level ?? 0.95)) / 2) * slopeError;
  const { expected, observed } = totals(probabilities, outcomes, options.weights);
  return {
    fitted: true,
    slope,
    slopeError,
    slopeInterval: { low: slope - half, high: slope + half },
    intercept,
    interceptError,
    inTheLarge: shiftTo(observed, logOdds, options.weights),
    observedToExpected: observed / expected,
  };
}

function totals(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>, weights: ArrayLike<number> | undefined) {
  let expected = 0;
  let observed = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const weight = weights?.[i] ?? 1;
    expected += weight * probabilities[i]!;
    observed += weight * outcomes[i]!;
  }
  return { expected, observed };
}

/** The shift of all log-odds at which the expected events are `observed`: Newton within a bracket that always halves. */
function shiftTo(observed: number, logOdds: Float64Array, weights: ArrayLike<number> | undefined): number {
  let low = -800;
  let high = 800;
  let shift = 0;
  for (let step = 0; step < 200; step++) {
    let excess = -observed;
    let slope = 0;
    for (let i = 0; i < logOdds.length; i++) {
      const weight = weights?.[i] ?? 1;
      if (weight === 0) continue;
      const p = logistic(logOdds[i]! + shift);
      excess += weight * p;
      slope += weight * p * (1 - p);
    }
    if (excess > 0) high = shift;
    else low = shift;
    const next = shift - excess / slope;
    const moved = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(moved - shift) <= 1e-14 * (1 + Math.abs(shift))) return moved;
    shift = moved;
  }
  return shift;
}
