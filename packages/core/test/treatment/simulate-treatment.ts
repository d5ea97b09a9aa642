import { dayNumber } from '../../src/model/dates.ts';
import { logistic } from '../../src/retention/log-odds.ts';
import { fitRetention } from '../../src/retention/posterior/fit-retention.ts';
import { predictRisk } from '../../src/retention/posterior/predict-risk.ts';
import type { Scorecard } from '../../src/retention/scorecard.ts';
import { CONTRACT_CARD } from '../../src/retention/scorecards.ts';
import type { DecisionRows } from '../../src/retention/training/decision-rows.ts';
import { createRandom } from '../../src/stats/random/index.ts';

/** Drivers of the simulated book, the admin's points and the truth, log-odds per swing; swings are standard normal. */
const DRIVERS = [
  { feature: 'seatsUsedShare', points: 0.8, truth: 1.1 },
  { feature: 'usageTrend', points: 0.9, truth: 0.7 },
  { feature: 'openUrgentTickets', points: 0.5, truth: 0.2 },
  { feature: 'daysSinceTouch', points: 0.4, truth: -0.2 },
  { feature: 'managerView', points: 0.7, truth: 0.5 },
] as const;
const BASE = -1.9;

/** The card of the simulated book: five rows of the shipped one. */
export const TREATMENT_CARD: Scorecard = {
  ...CONTRACT_CARD,
  version: 'treatment-simulation',
  rows: DRIVERS.map(({ feature, points }) => ({
    ...{ ...CONTRACT_CARD.rows.find((it) => it.feature === feature)!, points },
  })),
};

export interface TreatmentWorld {
  readonly seed: number;
  readonly perQuarter: number;
  /** Quarters before anybody acts on a score, and quarters in which they do. */
  readonly quiet: number;
  readonly acting: number;
  /** The share that acting takes off, .4 for 40 %, and of what: of the chance of loss, or of its odds. */
  readonly effect: number;
  readonly effectOn: 'probability' | 'odds';
  /** Share of the top fifth that is left alone at random. */
  readonly holdOut: number;
  /** Whether the refits are told who was treated. */
  readonly told: boolean;
}

/** What a world's score said and what happened, over the quarters in which people acted. */
export interface TreatmentRun {
  readonly rows: DecisionRows;
  /** Indexes of the rows of acting quarters. */
  readonly scored: readonly number[];
  /** The score's log-odds at its quarter, `NaN` in quiet quarters. */
  readonly logOdds: Float64Array;
  /** Whether it would have been lost untreated. */
  readonly lostUntreated: Uint8Array;
  /** The chance of loss untreated. */
  readonly truth: Float64Array;
}

const QUARTER_DAYS = 91;
const FIRST_DAY = dayNumber('2021-01-01');

/**
 * A book in which the score is acted on: each quarter new accounts decide; the score, fitted on every quarter known by
 * then, picks a fifth; they are lost less often than they would have been, and the next refit learns from that.
 */
export function simulateTreatment(world: TreatmentWorld): TreatmentRun {
  const { perQuarter, quiet, acting } = world;
  const count = perQuarter * (quiet + acting);
  const random = createRandom(world.seed);
  const swings = Float64Array.from({ length: count * DRIVERS.length }, () => random.normal());
  const luck = Float64Array.from({ length: count }, () => random.uniform());
  const exempt = Float64Array.from({ length: count }, () => random.uniform());
  const truth = luck.map((_, i) => logistic(trueLogOdds(swings, i)));
  const lostUntreated = Uint8Array.from(luck, (it, i) => Number(it < truth[i]!));
  const rows = emptyRows(count, perQuarter, swings);
  const logOdds = new Float64Array(count).fill(Number.NaN);
  for (let quarter = 0; quarter < quiet + acting; quarter += 1) {
    const from = quarter * perQuarter;
    if (quarter >= quiet) {
      logOdds.set(scoreQuarter(rows, from, perQuarter, world.told), from);
      for (const i of topFifth(logOdds, from, perQuarter)) rows.treated[i] = Number(exempt[i]! >= world.holdOut);
    }
    // The same luck decides both worlds, so an action only ever saves.
    for (let i = from; i < from + perQuarter; i += 1) {
      const chance = rows.treated[i] === 1 ? treatedChance(truth[i]!, world) : truth[i]!;
      rows.lost[i] = Number(luck[i]! < chance);
      rows.lostShare[i] = rows.lost[i]!;
    }
  }
  const scored = Array.from({ length: perQuarter * acting }, (_, i) => perQuarter * quiet + i);
  return { rows, scored, logOdds, lostUntreated, truth };
}

function trueLogOdds(swings: Float64Array, row: number): number {
  return DRIVERS.reduce((sum, { truth }, j) => sum + truth * swings[row * DRIVERS.length + j]!, BASE);
}

function treatedChance(chance: number, { effect, effectOn }: TreatmentWorld): number {
  if (effectOn === 'probability') return (1 - effect) * chance;
  const odds = ((1 - effect) * chance) / (1 - chance);
  return odds / (1 + odds);
}

/** Fits on every row before `from`, told or not told of treatment, and scores the quarter as if untreated. */
function scoreQuarter(rows: DecisionRows, from: number, perQuarter: number, told: boolean): Float64Array {
  const past = firstRows(rows, from);
  const seen = told ? past : { ...past, treated: new Uint8Array(from) };
  const fitted = fitRetention(seen, TREATMENT_CARD, { fittedOn: '2026-01-01' });
  if (!fitted.fitted) throw new Error(fitted.message);
  const width = DRIVERS.length;
  return Float64Array.from({ length: perQuarter }, (_, i) => {
    const row = from + i;
    return predictRisk(fitted, rows.swings.subarray(row * width, (row + 1) * width)).logOdds;
  });
}

function topFifth(logOdds: Float64Array, from: number, perQuarter: number): readonly number[] {
  const order = Array.from({ length: perQuarter }, (_, i) => from + i).sort((a, b) => logOdds[b]! - logOdds[a]!);
  return order.slice(0, Math.floor(perQuarter / 5));
}

/** Rows as a book would give them: each decision is another account's, known a month before the next quarter begins. */
function emptyRows(count: number, perQuarter: number, swings: Float64Array): DecisionRows {
  const filled = (value: number) => new Float64Array(count).fill(value);
  const cutoffDay = Int32Array.from(
    { length: count },
    (_, i) => FIRST_DAY + QUARTER_DAYS * Math.floor(i / perQuarter) + (QUARTER_DAYS - 1),
  );
  return {
    ...{ model: 'contract', count, drivers: DRIVERS.map((it) => it.feature), swings },
    ...{ lost: new Uint8Array(count), contracted: new Uint8Array(count), lostShare: filled(0), weight: filled(1) },
    ...{ horizonDays: filled(365), account: Int32Array.from({ length: count }, (_, i) => i) },
    accountIds: Array.from({ length: count }, (_, i) => `account:${i}`),
    ...{ owner: new Int32Array(count).fill(-1), ownerIds: [], cutoffDay },
    ...{ decidesDay: cutoffDay, knownDay: cutoffDay.map((day) => day + 1), value: filled(100_000) },
    ...{ treated: new Uint8Array(count), recencyDays: filled(20), daysToDecision: filled(30), tenureDays: filled(800) },
  };
}

function firstRows(rows: DecisionRows, count: number): DecisionRows {
  const cut = Object.entries(rows).map(([name, column]) => {
    const length = name === 'swings' ? count * rows.drivers.length : count;
    return [name, ArrayBuffer.isView(column) ? (column as Float64Array).subarray(0, length) : column];
  });
  return { ...(Object.fromEntries(cut) as unknown as DecisionRows), count };
}
