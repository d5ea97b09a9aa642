import type { Scorecard } from '@holdfast/core';
import { auc, calibrationSlope, createRandom, type Interval } from '@holdfast/core/stats';
import type { HonestOptions } from '@holdfast/sandbox';
import { HONEST_CARD } from './honest-card.ts';
import { type HonestRows, honestRows } from './honest-rows.ts';
import { expectedAuc, forecastLatest } from './latest-slice.ts';
import { subsetOf } from './subset-of.ts';
import { covers, redrawn, type TotalLoss, type TotalLosses, totalLosses } from './total-loss.ts';

/** Days of cut-offs in the latest slice: a quarter, as the backtest has it. */
export const SLICE_DAYS = 91;

/** One book forecast once, from what was known before its latest slice. */
export interface JudgedBook {
  readonly seed: number;
  /** AUC of the attainable chances less that of the score, with outcomes averaged out, and as they fell. */
  readonly gap: number;
  readonly gapAsFell: number;
  readonly attainableAuc: number;
  readonly trainLosses: number;
  readonly chances: readonly number[];
  readonly lost: readonly number[];
  readonly attainable: readonly number[];
  /** Of the slope of this book alone; `null` where it could not be fitted. */
  readonly slope: Interval | null;
  readonly totals: TotalLosses;
}

/** Makes a book, fits on its past and judges the forecast of its latest slice. */
export function judgeBook(seed: number, honest: HonestOptions = {}, card: Scorecard = HONEST_CARD): JudgedBook {
  const made = honestRows(seed, { contractCard: card, honest });
  const { fitted, train, test, chances, attainable } = forecastLatest(made, card, SLICE_DAYS);
  const best = expectedAuc(attainable, attainable);
  const slope = calibrationSlope(chances, test.lost);
  return {
    seed,
    gap: best - expectedAuc(chances, attainable),
    gapAsFell: (auc(attainable, test.lost) ?? Number.NaN) - (auc(chances, test.lost) ?? Number.NaN),
    attainableAuc: best,
    trainLosses: train.lost.reduce((sum, it) => sum + it, 0),
    ...{ chances: [...chances], lost: [...test.lost], attainable: [...attainable] },
    slope: slope.fitted ? slope.slopeInterval : null,
    totals: totalLosses(fitted, test, attainable, honest.shock ?? 0),
  };
}

/** What many judged books say together. */
export function pooled(books: readonly JudgedBook[]) {
  const all = (of: (book: JudgedBook) => readonly number[]) => books.flatMap((book) => [...of(book)]);
  const lost = all((it) => it.lost);
  const slope = calibrationSlope(
    all((it) => it.chances),
    lost,
  );
  const best = calibrationSlope(
    all((it) => it.attainable),
    lost,
  );
  const withSlope = books.flatMap((it) => it.slope ?? []);
  return {
    books: books.length,
    meanTrainLosses: mean(books.map((it) => it.trainLosses)),
    meanAttainableAuc: mean(books.map((it) => it.attainableAuc)),
    gapMean: mean(books.map((it) => it.gap)),
    gapP95: quantile(
      books.map((it) => it.gap),
      0.95,
    ),
    gapAsFellMean: mean(books.map((it) => it.gapAsFell)),
    gapAsFellP95: quantile(
      books.map((it) => it.gapAsFell),
      0.95,
    ),
    slope: slope.fitted ? slope.slope : Number.NaN,
    slopeError: slope.fitted ? slope.slopeError : Number.NaN,
    observedToExpected: slope.fitted ? slope.observedToExpected : Number.NaN,
    attainableSlope: best.fitted ? best.slope : Number.NaN,
    slopeIntervalsWithOne: mean(withSlope.map((it) => Number(it.low <= 1 && it.high >= 1))),
    ...coverageOf(books.map((it) => it.totals)),
  };
}

/** In money and in accounts: how often 90 % intervals held the total, and their mean width over the oracle's. */
export function coverageOf(totals: readonly TotalLosses[]) {
  return { money: heldBy(totals.map((it) => it.money)), accounts: heldBy(totals.map((it) => it.accounts)) };
}

function heldBy(totals: readonly TotalLoss[]) {
  return {
    coverage: mean(totals.map((it) => Number(covers(it)))),
    below: mean(totals.map((it) => Number(it.actual < it.low))),
    above: mean(totals.map((it) => Number(it.actual > it.high))),
    widthToOracle: mean(totals.map((it) => it.high - it.low)) / mean(totals.map((it) => it.oracleWidth)),
  };
}

/** Forecasts of a book's total over outcomes drawn again and again for the rows of one book. */
export function redrawnTotals(
  made: HonestRows,
  shock: number,
  draws: number,
  card: Scorecard = HONEST_CARD,
): TotalLosses[] {
  const known = Array.from(made.attainable, (chance, i) => (Number.isNaN(chance) ? -1 : i)).filter((i) => i >= 0);
  const rows = subsetOf(made.rows, known);
  const attainable = Float64Array.from(known, (i) => made.attainable[i]!);
  const random = createRandom(known.length);
  return Array.from({ length: draws }, () => {
    const drawn = { rows: redrawn(rows, attainable, shock, random), attainable };
    const slice = forecastLatest(drawn, card, SLICE_DAYS);
    return totalLosses(slice.fitted, slice.test, slice.attainable, shock);
  });
}

const mean = (list: readonly number[]) => list.reduce((sum, it) => sum + it, 0) / list.length;
const quantile = (list: readonly number[], at: number) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(at * list.length))]!;
