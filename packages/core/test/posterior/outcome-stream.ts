import { CONTRACT_CARD, fitPosterior } from '../../src/retention/index.ts';
import { createRandom } from '../../src/stats/index.ts';
import { TELCO_BASE, type TelcoPoints, telcoPoints } from './small-samples.ts';
import type { TelcoBook } from './telco-book.ts';

/** A book with what became of it, and the points and base it is first scored by. */
export interface StreamBook {
  readonly n: number;
  readonly p: number;
  readonly x: Float64Array;
  readonly lost: Uint8Array;
  readonly points: Float64Array;
  readonly base: number;
}

/** The Telco table as a book. */
export function telcoStream(book: TelcoBook, kind: TelcoPoints): StreamBook {
  return { ...book, p: book.x.length / book.n, points: telcoPoints(kind), base: TELCO_BASE };
}

const RARE = ['noticeGiven', 'renewalLost', 'contractLapsed'];
const YES_OR_NO = ['renewalNotStarted', 'decisionMakerKnown', 'ownerMissing', 'referrerLeaving', 'escalations90'];
const USAGE = ['seatsUsedShare', 'usageTrend', 'ticketVolumeTrend'];

/**
 * A book made up on the shipped contract card: rare hard events, common yes or no, correlated measures, usage missing
 * together; true weights .3 to 1.5 times the points, 15 % of them the other way round.
 */
export function cardStream(n: number, seed: number): StreamBook {
  const random = createRandom(seed);
  const { rows } = CONTRACT_CARD;
  const p = rows.length;
  const x = new Float64Array(n * p);
  const truth = rows.map((it) => it.points * (0.3 + 1.2 * random.uniform()) * (random.uniform() < 0.15 ? -1 : 1));
  const lost = Uint8Array.from({ length: n }, (_, i) => {
    const noUsage = random.uniform() < 0.35;
    const frailty = random.normal();
    let eta = -2.2;
    rows.forEach(({ feature }, j) => {
      const value = drawSwings(feature, random, frailty);
      x[i * p + j] = noUsage && USAGE.includes(feature) ? Number.NaN : value;
      if (!Number.isNaN(x[i * p + j]!)) eta += truth[j]! * value;
    });
    return random.uniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
  });
  return { n, p, x, lost, points: Float64Array.from(rows, (it) => it.points), base: Math.log(0.11 / 0.89) };
}

function drawSwings(feature: string, random: ReturnType<typeof createRandom>, frailty: number): number {
  if (RARE.includes(feature)) return random.uniform() < 0.02 ? 1 : 0;
  if (YES_OR_NO.includes(feature)) return random.uniform() < 0.15 ? 1 : 0;
  return Math.max(-2, Math.min(3, 0.2 + 0.6 * random.normal() + 0.4 * frailty));
}

/** How outcomes come in: by chance, or forty kept accounts before the first loss ever. */
export type StreamOrder = 'by chance' | 'forty kept first';

/**
 * The largest move of any account's probability, outcomes coming in one by one from none to `outcomes`; watched are
 * the accounts that decide and 300 others.
 */
export function largestMove(book: StreamBook, outcomes: number, seed: number, order: StreamOrder): number {
  const random = createRandom(seed);
  const drawn = Array.from({ length: book.n }, (_, i) => ({ i, at: random.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map((it) => it.i);
  const kept = order === 'by chance' ? [] : drawn.filter((i) => book.lost[i] === 0).slice(0, 40);
  const all = [...kept, ...drawn.filter((i) => !kept.includes(i))];
  const watched = [...all.slice(0, outcomes), ...all.slice(-300)];
  let before: Float64Array | null = null;
  let most = 0;
  for (let n = 0; n <= outcomes; n++) {
    const now = probabilities(book, all.slice(0, n), watched);
    now.forEach((it, k) => {
      if (before) most = Math.max(most, Math.abs(it - before[k]!));
    });
    before = now;
  }
  return most;
}

function probabilities(book: StreamBook, known: readonly number[], watched: readonly number[]): Float64Array {
  const { p } = book;
  const x = new Float64Array(known.length * p);
  known.forEach((row, i) => {
    x.set(book.x.subarray(row * p, (row + 1) * p), i * p);
  });
  const fit = fitPosterior({
    x,
    lost: Uint8Array.from(known, (row) => book.lost[row]!),
    weight: new Float64Array(known.length).fill(1),
    cluster: Int32Array.from(known),
    priorMean: book.points,
    priorBase: book.base,
  });
  if (!fit.fitted) throw new Error(fit.message);
  return Float64Array.from(watched, (row) => {
    let eta = fit.intercept;
    for (let j = 0; j < p; j++) {
      const value = book.x[row * p + j]!;
      eta += Number.isNaN(value) ? fit.missing[j]! : fit.weights[j]! * value;
    }
    return 1 / (1 + Math.exp(-eta));
  });
}
