import { fitPosterior } from '../../src/retention/index.ts';
import { createRandom } from '../../src/stats/index.ts';
import { type LinearScore, recalibratePoints, ridgeToBase } from './comparators.ts';
import { TELCO_DRIVERS, type TelcoBook } from './telco-book.ts';

/** What the admin wrote: every driver .5 in its right direction, or with tenure and two-year contracts the wrong way round. */
export type TelcoPoints = 'unit signs' | 'two wrong signs';

/** Log-odds that the admin takes as the base rate: the book's own share of losses. */
export const TELCO_BASE = Math.log(0.2654 / 0.7346);
const TEST_ROWS = 2000;

/** The points of the twelve drivers, log-odds per swing. */
export function telcoPoints(kind: TelcoPoints): Float64Array {
  const wrong = kind === 'two wrong signs' ? ['tenure', 'two years'] : [];
  return Float64Array.from(TELCO_DRIVERS, (it) => 0.5 * it.sign * (wrong.includes(it.name) ? -1 : 1));
}

/** Areas under the curve on 2,000 rows, after training on `n` others. */
export interface SmallSampleDraw {
  readonly fixed: number;
  readonly posterior: number;
  readonly recalibrated: number;
  readonly ridge: number;
  /** Log-losses on the same rows. */
  readonly posteriorLoss: number;
  readonly ridgeLoss: number;
}

/** One draw: `n` rows to train on and 2,000 others to test on, by the seed. */
export function drawSmallSample(book: TelcoBook, n: number, kind: TelcoPoints, seed: number): SmallSampleDraw {
  const order = shuffle(book.n, seed);
  const train = pick(book, order.subarray(0, n));
  const test = pick(book, order.subarray(book.n - TEST_ROWS));
  const points = telcoPoints(kind);
  const posterior = fitPosterior({
    ...train,
    weight: new Float64Array(n).fill(1),
    cluster: Int32Array.from({ length: n }, (_, i) => i),
    priorMean: points,
    priorBase: TELCO_BASE,
  });
  if (!posterior.fitted) throw new Error(posterior.message);
  const ridge = ridgeToBase(train, TELCO_BASE);
  return {
    fixed: areaUnderCurve(test, { intercept: 0, weights: points }),
    posterior: areaUnderCurve(test, posterior),
    recalibrated: areaUnderCurve(test, recalibratePoints(train, points, TELCO_BASE)),
    ridge: areaUnderCurve(test, ridge),
    posteriorLoss: logLoss(test, posterior),
    ridgeLoss: logLoss(test, ridge),
  };
}

function shuffle(n: number, seed: number): Int32Array {
  const random = createRandom(seed);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function pick(book: TelcoBook, at: Int32Array) {
  const p = TELCO_DRIVERS.length;
  const x = new Float64Array(at.length * p);
  at.forEach((row, i) => {
    x.set(book.x.subarray(row * p, (row + 1) * p), i * p);
  });
  return { n: at.length, p, x, lost: Uint8Array.from(at, (row) => book.lost[row]!) };
}

function scores(rows: ReturnType<typeof pick>, score: LinearScore): Float64Array {
  return Float64Array.from({ length: rows.n }, (_, i) => {
    let eta = score.intercept;
    for (let j = 0; j < rows.p; j++) eta += score.weights[j]! * rows.x[i * rows.p + j]!;
    return eta;
  });
}

/** Share of (lost, kept) pairs in which the lost one scores higher, ties a half; by ranks. */
function areaUnderCurve(rows: ReturnType<typeof pick>, score: LinearScore): number {
  const eta = scores(rows, score);
  const order = [...eta.keys()].sort((a, b) => eta[a]! - eta[b]!);
  let ranks = 0;
  let losses = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && eta[order[to]!] === eta[order[from]!]) to++;
    for (let k = from; k < to; k++) {
      if (rows.lost[order[k]!] === 1) {
        losses++;
        ranks += (from + to + 1) / 2;
      }
    }
    from = to;
  }
  return (ranks - (losses * (losses + 1)) / 2) / (losses * (rows.n - losses));
}

function logLoss(rows: ReturnType<typeof pick>, score: LinearScore): number {
  const eta = scores(rows, score);
  return eta.reduce((sum, it, i) => sum + Math.log1p(Math.exp(rows.lost[i] === 1 ? -it : it)), 0) / rows.n;
}

/** What many draws say: means, and the posterior's distance from the better comparator with its standard error. */
export interface SmallSampleSummary {
  readonly draws: number;
  readonly fixed: number;
  readonly posterior: number;
  readonly recalibrated: number;
  readonly ridge: number;
  readonly posteriorLoss: number;
  readonly ridgeLoss: number;
  readonly better: 'recalibrated' | 'ridge';
  readonly gap: number;
  readonly standardError: number;
}

/** Sums up draws of the same size and points. */
export function summarizeDraws(draws: readonly SmallSampleDraw[]): SmallSampleSummary {
  const mean = (field: keyof SmallSampleDraw) => draws.reduce((sum, it) => sum + it[field], 0) / draws.length;
  const better = mean('recalibrated') > mean('ridge') ? 'recalibrated' : 'ridge';
  const gaps = draws.map((it) => it.posterior - it[better]);
  const gap = gaps.reduce((sum, it) => sum + it, 0) / gaps.length;
  const square = gaps.reduce((sum, it) => sum + (it - gap) ** 2, 0);
  return {
    draws: draws.length,
    fixed: mean('fixed'),
    posterior: mean('posterior'),
    recalibrated: mean('recalibrated'),
    ridge: mean('ridge'),
    posteriorLoss: mean('posteriorLoss'),
    ridgeLoss: mean('ridgeLoss'),
    better,
    gap,
    standardError: Math.sqrt(square / gaps.length / (gaps.length - 1)),
  };
}
