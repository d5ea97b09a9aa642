import { calibrationBins, calibrationError, calibrationSlope } from '../../stats/calibration/index.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import type { CardCalibration } from './accuracy-card.ts';
import { gather, LEVEL } from './contender-figures.ts';

/** Rows that a bin should hold at least: below that its interval says nothing. */
const ROWS_A_BIN = 20;
const MOST_BINS = 10;

/** How the predicted chances of some rows compare with what happened; `null` without rows. */
export function cardCalibration(
  rows: DecisionRows,
  chances: Float64Array,
  indexes: ArrayLike<number>,
): CardCalibration | null {
  if (indexes.length === 0) return null;
  const seen = gather(rows, chances, indexes);
  const bins = Math.max(1, Math.min(MOST_BINS, Math.floor(indexes.length / ROWS_A_BIN)));
  const options = { bins, weights: seen.weights };
  const line = calibrationSlope(seen.chances, seen.lost, {
    weights: seen.weights,
    clusters: seen.clusters,
    level: LEVEL,
  });
  const error = calibrationError(seen.chances, seen.lost, options);
  const half = line.fitted ? (line.slopeInterval.high - line.slope) / line.slopeError : 0;
  return {
    slope: line.fitted ? { value: line.slope, ...line.slopeInterval } : null,
    intercept: line.fitted
      ? {
          value: line.intercept,
          low: line.intercept - half * line.interceptError,
          high: line.intercept + half * line.interceptError,
        }
      : null,
    bins: calibrationBins(seen.chances, seen.lost, { ...options, level: LEVEL }).map((bin) => ({
      decisions: bin.rows,
      losses: Math.round(bin.observed * bin.rows),
      predicted: bin.predicted,
      observed: { value: bin.observed, low: bin.low, high: bin.high },
    })),
    ece: error?.value ?? 0,
    eceWhenPerfect: error?.nullMean ?? 0,
    predictedLosses: seen.chances.reduce((sum, chance, i) => sum + chance * seen.weights[i]!, 0),
  };
}
