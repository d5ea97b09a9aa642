import type { CalendarDay } from '../../model/dates.ts';
import type { FitControl, FitRefusal } from '../../stats/fit.ts';
import { fitRetention } from '../posterior/fit-retention.ts';
import type { FittedRetention } from '../posterior/fitted-retention.ts';
import type { Scorecard } from '../scorecard.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import { subsetRows } from '../training/subset-rows.ts';
import { CONTENDERS, type ContenderId } from './accuracy-card.ts';
import { predictRows } from './predict-rows.ts';
import { predictBaseRate, predictByDays } from './simple-contenders.ts';
import { type TimeSlice, timeSlices } from './time-slices.ts';

/** What was predicted of every row, from a cut-off before it, by each contender; `NaN`: that contender could not. */
export type RolledPredictions = Readonly<Record<ContenderId, Float64Array>>;

export interface Rolled {
  readonly fitted: true;
  readonly slices: readonly TimeSlice[];
  readonly predictions: RolledPredictions;
  /** Rows of slices that were predicted with enough outcomes behind them for a base rate to be known. */
  readonly judged: Int32Array;
  /** The model that the latest slice was predicted with. */
  readonly latest: FittedRetention | null;
}

export interface RollOptions {
  readonly fittedOn: CalendarDay;
  readonly horizonDays?: number;
  readonly control?: FitControl;
}

/**
 * Walks forward through time: at every cut-off each contender learns from what was known by then and predicts the slice
 * that follows. Nothing is ever learned from a row and then predicted for it.
 */
export function rollForward(rows: DecisionRows, card: Scorecard, options: RollOptions): Rolled | FitRefusal {
  const slices = timeSlices(rows);
  const predictions = Object.fromEntries(
    CONTENDERS.map((contender) => [contender, new Float64Array(rows.count).fill(Number.NaN)]),
  ) as Record<ContenderId, Float64Array>;
  const points = fitRetention(subsetRows(rows, []), card, options);
  if (!points.fitted) return points;
  let latest: FittedRetention = points;
  for (const [at, slice] of slices.entries()) {
    const before = latest;
    const train = subsetRows(rows, slice.train);
    const test = subsetRows(rows, slice.test);
    const fit = fitRetention(train, card, { ...options, control: { ...options.control, onProgress: () => {} } });
    if (!fit.fitted) return fit;
    latest = fit;
    const note = (contender: ContenderId, chances: Float64Array) =>
      chances.forEach((chance, i) => {
        predictions[contender][slice.test[i]!] = chance;
      });
    note('score', predictRows(fit, test));
    note('base rate', predictBaseRate(train, test));
    note('recency', predictByDays(train, test, 'recencyDays'));
    note('days to decision', predictByDays(train, test, 'daysToDecision'));
    note('points', predictRows(points, test));
    if (test.previousSwings) note('last period', predictRows(before, test, test.previousSwings));
    options.control?.onProgress?.((at + 1) / slices.length);
  }
  const judged = slices.filter(({ train }) => knowsBaseRate(rows, train)).flatMap(({ test }) => [...test]);
  return {
    fitted: true,
    slices,
    predictions,
    judged: Int32Array.from(judged),
    latest: slices.length > 0 ? latest : null,
  };
}

/** Outcomes of each kind from which on a base rate is worth competing with (the recalibration of section 1.2 starts there). */
const WARM_UP = 10;

function knowsBaseRate({ lost }: DecisionRows, train: Int32Array): boolean {
  const losses = train.reduce((sum, i) => sum + lost[i]!, 0);
  return losses >= WARM_UP && train.length - losses >= WARM_UP;
}
