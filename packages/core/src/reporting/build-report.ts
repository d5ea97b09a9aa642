import { FEATURES } from '../features/all-features.ts';
import type { RetentionModel } from '../features/facts.ts';
import type { Instant } from '../model/dates.ts';
import type { Money } from '../model/money.ts';
import type { HealthBand, MainReason, ReferralState } from '../model/types.ts';
import { HEALTH_BANDS } from '../model/values.ts';
import type { ReferralReport } from '../referral/tracked-referrals.ts';
import { type LastCards, verdictText } from '../retention/last-card.ts';
import type { ScoreMovement } from '../retention/movement/split-movement.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../retention/scorecards.ts';
import { Z90 } from '../stats/special/normal.ts';
import { type AccountLine, REPORT_HORIZON_DAYS } from './account-line.ts';

/** Accounts of one band with their value; money is `null` where no account of the band has a known value. */
export interface BandLine {
  readonly band: HealthBand;
  readonly accounts: number;
  readonly recurring: Money | null;
  readonly atRisk: Money | null;
}

/** How many of the scored accounts have a value for a feature, among those whose model uses it. */
export interface CoverageLine {
  readonly feature: string;
  readonly title: string;
  readonly group: MainReason;
  readonly known: number;
  readonly of: number;
}

export interface MovementLine {
  readonly id: string;
  readonly name: string;
  readonly from: HealthBand | null;
  readonly to: HealthBand;
  readonly fromScore: number | null;
  readonly toScore: number | null;
  /** What moved it, where the facts of the run before were kept. */
  readonly movement?: ScoreMovement;
}

/** Everything that a page or a terminal shows of a run; pure data. */
export interface BookReport {
  readonly asOf: Instant;
  readonly horizonDays: number;
  readonly currency: string;
  readonly inBook: number;
  readonly outsideBook: number;
  readonly leftOut: number;
  readonly bands: readonly BandLine[];
  readonly recurring: Money | null;
  readonly atRisk: Money | null;
  /** 90 % interval of the value that will be lost, if the chances were right and independent: luck alone. */
  readonly atRiskInterval: readonly [Money, Money] | null;
  /** Accounts without a known recurring value: they are in no sum of money. */
  readonly withoutValue: number;
  readonly topAtRisk: readonly AccountLine[];
  readonly reasons: readonly { readonly reason: MainReason; readonly accounts: number }[];
  readonly coverage: readonly CoverageLine[];
  readonly movement: readonly MovementLine[];
  readonly referrals: Readonly<Partial<Record<ReferralState, number>>>;
  /** Accounts by what their numbers rest on: assumed points, outcomes of this book, outcomes with a passed card. */
  readonly basis: BookBasis;
  /** What the last accuracy cards said; a model that was never held against outcomes is left out. */
  readonly cards: LastCards;
  /** What a reader must know before believing a figure. */
  readonly notes: readonly string[];
}

/** How many accounts were scored on what. */
export interface BookBasis {
  readonly assumed: number;
  readonly learned: number;
  readonly proved: number;
}

/** What a report is about, said before the first account. */
export interface ReportScope {
  readonly asOf: Instant;
  readonly currency: string;
  /** Number of accounts in `topAtRisk`; default 20. */
  readonly top?: number;
  /** What the last accuracy cards said; nothing was held against outcomes when left out. */
  readonly cards?: LastCards;
}
/** What is known only after the last account. */
export interface ReportRest {
  readonly outsideBook: number;
  readonly leftOut: number;
  readonly referrals: ReferralReport | null;
}
export interface ReportInput extends ReportScope, ReportRest {
  readonly lines: Iterable<AccountLine>;
}

/** A report in the making: sums, the largest risks and the movements are kept, the other lines are not. */
export interface OpenReport {
  readonly add: (line: AccountLine) => void;
  readonly finish: (rest: ReportRest) => BookReport;
}

/** Sums a run up. Money counts only accounts with a known value in the book's currency; the others are counted beside it. */
export function buildReport(input: ReportInput): BookReport {
  const report = openReport(input);
  for (const line of input.lines) report.add(line);
  return report.finish(input);
}

/** The same with lines handed over one at a time. */
export function openReport({ asOf, currency, top = 20, cards = {} }: ReportScope): OpenReport {
  const bands = new Map(HEALTH_BANDS.map((band) => [band, emptyTally()]));
  const all = emptyTally();
  const reasons = new Map<MainReason, number>();
  const known = new Map<string, number>();
  const ofModel = { contract: 0, orders: 0 };
  const basis = { assumed: 0, learned: 0, proved: 0 };
  const largest: AccountLine[] = [];
  const movement: MovementLine[] = [];
  return {
    add: (line) => {
      tally(all, line, currency);
      tally(bands.get(line.band) ?? all, line, currency);
      if (line.mainReason) count(reasons, line.mainReason);
      for (const feature of line.known) count(known, feature);
      ofModel[line.model] += 1;
      basis[basisOf(line)] += 1;
      if (isValued(line, currency) && line.healthScore !== null) keepLargest(largest, line, top);
      if (line.before.band !== null && line.before.band !== line.band) movement.push(movementLine(line));
    },
    finish: ({ outsideBook, leftOut, referrals }) => ({
      asOf,
      horizonDays: REPORT_HORIZON_DAYS,
      currency,
      inBook: all.accounts + leftOut,
      outsideBook,
      leftOut,
      bands: [...bands].map(([band, it]) => ({ band, accounts: it.accounts, ...sums(it, currency) })),
      ...sums(all, currency),
      atRiskInterval: luckInterval(all, currency),
      withoutValue: all.accounts - all.valued,
      topAtRisk: [...largest],
      reasons: mostFrequent(reasons),
      coverage: coverageLines(known, ofModel),
      movement: movement.sort(byFall),
      referrals: referrals?.counts ?? {},
      basis: { ...basis },
      cards,
      notes: notesOn(basis, cards, ofModel),
    }),
  };
}

/** By the outcomes used, not by the label: a fit that is hardly moved is no longer what somebody assumed. */
function basisOf({ proved, decisions }: AccountLine): keyof BookBasis {
  if (proved) return 'proved';
  return decisions === 0 ? 'assumed' : 'learned';
}

function notesOn(
  { assumed, learned, proved }: BookBasis,
  cards: LastCards,
  ofModel: Readonly<Record<RetentionModel, number>>,
): readonly string[] {
  const held = cards.contract !== undefined || cards.orders !== undefined;
  const some = (count: number, text: string) => (count > 0 ? [text] : []);
  return [
    ...some(
      assumed,
      `First form: base rate and points are assumptions${held ? '' : ', not yet held against outcomes'}. Order accounts by it; do not bank on the sums.`,
    ),
    ...some(
      learned,
      'Learned from outcomes of this book, but no accuracy card has passed: order accounts by it; do not bank on the sums.',
    ),
    ...some(
      proved,
      'Learned from outcomes of this book, and the accuracy card has passed: it says how far chances held.',
    ),
    ...(held ? cardNotes(cards, ofModel) : []),
    `Money at risk is recurring value times the chance of loss within ${REPORT_HORIZON_DAYS} days: a model estimate, not a forecast.`,
  ];
}

/** What the last card said of each kind of account that the book has. */
function cardNotes(cards: LastCards, ofModel: Readonly<Record<RetentionModel, number>>): readonly string[] {
  return (['contract', 'orders'] as const).flatMap((model) => {
    if (ofModel[model] === 0) return [];
    const card = cards[model];
    const title = model === 'contract' ? 'contract accounts' : 'order-based accounts';
    return [
      card ? `Accuracy card of ${card.on}, ${title}: ${verdictText(card.verdict)}.` : `No accuracy card yet: ${title}.`,
    ];
  });
}

interface Tally {
  accounts: number;
  /** Accounts with a known value in the book's currency, and of those the ones with a known risk; in minor units. */
  valued: number;
  recurring: number;
  risked: number;
  atRisk: number;
  variance: number;
}

const emptyTally = (): Tally => ({ accounts: 0, valued: 0, recurring: 0, risked: 0, atRisk: 0, variance: 0 });

const isValued = (line: AccountLine, currency: string): boolean => line.recurring?.currency === currency;

function tally(sum: Tally, line: AccountLine, currency: string): void {
  sum.accounts += 1;
  if (line.recurring?.currency !== currency) return;
  sum.valued += 1;
  sum.recurring += line.recurring.minor;
  // Variance of a sum of independent losses: sum of p (1 - p) V squared (Poisson-binomial).
  sum.variance += line.lossInYear * (1 - line.lossInYear) * line.recurring.minor ** 2;
  if (line.atRiskInYear?.currency !== currency) return;
  sum.risked += 1;
  sum.atRisk += line.atRiskInYear.minor;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sums({ valued, recurring, risked, atRisk }: Tally, currency: string): Pick<BandLine, 'recurring' | 'atRisk'> {
  return {
    recurring: valued === 0 ? null : { minor: recurring, currency },
    atRisk: risked === 0 ? null : { minor: atRisk, currency },
  };
}

/** By luck alone, 90 %. */
function luckInterval({ risked, atRisk, variance }: Tally, currency: string): readonly [Money, Money] | null {
  if (risked === 0) return null;
  const width = Z90 * Math.sqrt(variance);
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency });
  return [money(Math.max(0, atRisk - width)), money(atRisk + width)];
}

/** Puts a line where it belongs among the largest risks; the list never grows beyond `top`. */
function keepLargest(largest: AccountLine[], line: AccountLine, top: number): void {
  const value = (it: AccountLine) => it.atRiskInYear?.minor ?? 0;
  const isBefore = (a: AccountLine, b: AccountLine) => value(a) - value(b) || (a.id < b.id ? 1 : -1);
  const last = largest.at(-1);
  if (last && largest.length >= top && isBefore(line, last) < 0) return;
  const place = largest.findIndex((it) => isBefore(line, it) > 0);
  largest.splice(place === -1 ? largest.length : place, 0, line);
  if (largest.length > top) largest.pop();
}

function mostFrequent(counts: ReadonlyMap<MainReason, number>): BookReport['reasons'] {
  return [...counts]
    .map(([reason, accounts]) => ({ reason, accounts }))
    .sort((a, b) => b.accounts - a.accounts || (a.reason < b.reason ? -1 : 1));
}

function coverageLines(
  known: ReadonlyMap<string, number>,
  ofModel: Readonly<Record<RetentionModel, number>>,
): readonly CoverageLine[] {
  return FEATURES.flatMap(({ id, title, group }) => {
    const cards = [CONTRACT_CARD, ORDERS_CARD].filter((card) => card.rows.some((row) => row.feature === id));
    if (cards.length === 0) return [];
    return [
      { feature: id, title, group, known: known.get(id) ?? 0, of: cards.reduce((n, it) => n + ofModel[it.model], 0) },
    ];
  });
}

/** An account whose band differs from the one on its record; a first score is no movement. */
function movementLine({ id, name, before, band, healthScore, movement }: AccountLine): MovementLine {
  const scores = { fromScore: before.healthScore, toScore: healthScore };
  return { id, name, from: before.band, to: band, ...scores, ...(movement && { movement }) };
}

/** Largest fall first. */
function byFall(a: MovementLine, b: MovementLine): number {
  const change = (it: MovementLine) => (it.toScore ?? 0) - (it.fromScore ?? 0);
  return change(a) - change(b) || (a.id < b.id ? -1 : 1);
}
