import { type DecisionRows, type FittedRetention, fitRetention, predictRisk, type Scorecard } from '@holdfast/core';
import { auc, logistic } from '@holdfast/core/stats';
import { HONEST_DAY, type HonestRows } from './honest-rows.ts';
import { subsetOf } from './subset-of.ts';

/** The latest slice of a book, forecast from what was known before it, beside the best that was possible. */
export interface LatestSlice {
  readonly fitted: FittedRetention;
  readonly train: DecisionRows;
  readonly test: DecisionRows;
  readonly chances: Float64Array;
  readonly logOdds: Float64Array;
  readonly attainable: Float64Array;
}

/** Fits on rows whose outcome was known before the slice began and forecasts the slice. */
export function forecastLatest(
  honest: Pick<HonestRows, 'rows' | 'attainable'>,
  card: Scorecard,
  sliceDays: number,
): LatestSlice {
  const { rows, attainable } = honest;
  const last = rows.cutoffDay.reduce((most, day) => Math.max(most, day), 0);
  const from = last - sliceDays + 1;
  const all = Array.from({ length: rows.count }, (_, i) => i);
  const testAt = all.filter((i) => rows.cutoffDay[i]! >= from && !Number.isNaN(attainable[i]!));
  const train = subsetOf(
    rows,
    all.filter((i) => rows.knownDay[i]! < from),
  );
  const test = subsetOf(rows, testAt);
  const fitted = fitRetention(train, card, { fittedOn: HONEST_DAY });
  if (!fitted.fitted) throw new Error(fitted.message);
  const width = rows.drivers.length;
  const logOdds = Float64Array.from(
    { length: test.count },
    (_, i) => predictRisk(fitted, test.swings.subarray(i * width, (i + 1) * width)).logOdds,
  );
  return {
    ...{ fitted, train, test, logOdds, chances: logOdds.map(logistic) },
    attainable: Float64Array.from(testAt, (i) => attainable[i]!),
  };
}

/**
 * The AUC that a score can expect on these rows, were their outcomes drawn again and again from the attainable chances:
 * the labels' own luck, which is large with 30 losses and says nothing of the score, is taken out.
 */
export function expectedAuc(scores: ArrayLike<number>, attainable: ArrayLike<number>): number {
  const n = scores.length;
  const twice = Float64Array.from({ length: 2 * n }, (_, i) => scores[i % n]!);
  const outcomes = Uint8Array.from({ length: 2 * n }, (_, i) => Number(i < n));
  const weights = Float64Array.from({ length: 2 * n }, (_, i) => (i < n ? attainable[i]! : 1 - attainable[i - n]!));
  // A row never pairs with itself: its tie with its own other half counts half, and is taken out again.
  let [events, others, own] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    events += attainable[i]!;
    others += 1 - attainable[i]!;
    own += attainable[i]! * (1 - attainable[i]!);
  }
  const pairs = auc(scores.length > 0 ? twice : [], outcomes, weights)! * events * others;
  return (pairs - own / 2) / (events * others - own);
}
