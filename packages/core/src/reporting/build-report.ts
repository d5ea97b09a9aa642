import { FEATURES } from '../features/all-features.ts';
import type { Instant } from '../model/dates.ts';
import type { Money } from '../model/money.ts';
import type { HealthBand, MainReason, ReferralState } from '../model/types.ts';
import { HEALTH_BANDS } from '../model/values.ts';
import type { ReferralReport } from '../referral/track-referrals.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../retention/scorecards.ts';
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
  /** What a reader must know before believing a figure. */
  readonly notes: readonly string[];
}

export interface ReportInput {
  readonly asOf: Instant;
  readonly currency: string;
  readonly lines: readonly AccountLine[];
  readonly outsideBook: number;
  readonly leftOut: number;
  readonly referrals: ReferralReport | null;
  /** Number of accounts in `topAtRisk`; default 20. */
  readonly top?: number;
}

/** Sums a run up. Money counts only accounts with a known value in the book's currency; the others are counted beside it. */
export function buildReport(input: ReportInput): BookReport {
  const { lines, currency } = input;
  const valued = lines.filter((it) => it.recurring?.currency === currency);
  const atRisk = sum(
    valued.map((it) => it.atRiskInYear),
    currency,
  );
  return {
    asOf: input.asOf,
    horizonDays: REPORT_HORIZON_DAYS,
    currency,
    inBook: lines.length + input.leftOut,
    outsideBook: input.outsideBook,
    leftOut: input.leftOut,
    bands: HEALTH_BANDS.map((band) => bandLine(band, lines, currency)),
    recurring: sum(
      valued.map((it) => it.recurring),
      currency,
    ),
    atRisk,
    atRiskInterval: atRisk && luckInterval(valued, atRisk),
    withoutValue: lines.length - valued.length,
    topAtRisk: topAtRisk(valued, input.top ?? 20),
    reasons: countReasons(lines),
    coverage: coverageLines(lines),
    movement: movementLines(lines),
    referrals: input.referrals?.counts ?? {},
    notes: NOTES,
  };
}

const NOTES = [
  'First form: base rate and points are assumptions, not yet held against outcomes. Order accounts by it; do not bank on the sums.',
  `Money at risk is recurring value times the chance of loss within ${REPORT_HORIZON_DAYS} days: a model estimate, not a forecast.`,
];

function sum(amounts: readonly (Money | null)[], currency: string): Money | null {
  const known = amounts.filter((it) => it?.currency === currency);
  return known.length === 0 ? null : { minor: known.reduce((total, it) => total + (it?.minor ?? 0), 0), currency };
}

function bandLine(band: HealthBand, lines: readonly AccountLine[], currency: string): BandLine {
  const inBand = lines.filter((it) => it.band === band);
  return {
    band,
    accounts: inBand.length,
    recurring: sum(
      inBand.map((it) => it.recurring),
      currency,
    ),
    atRisk: sum(
      inBand.map((it) => it.atRiskInYear),
      currency,
    ),
  };
}

/** Variance of a sum of independent losses: sum of p (1 - p) V squared (Poisson-binomial); 1.6449 for 90 %. */
function luckInterval(lines: readonly AccountLine[], atRisk: Money): readonly [Money, Money] {
  const variance = lines.reduce(
    (total, it) => total + it.lossInYear * (1 - it.lossInYear) * (it.recurring?.minor ?? 0) ** 2,
    0,
  );
  const width = 1.6449 * Math.sqrt(variance);
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency: atRisk.currency });
  return [money(Math.max(0, atRisk.minor - width)), money(atRisk.minor + width)];
}

function topAtRisk(lines: readonly AccountLine[], top: number): readonly AccountLine[] {
  const value = (it: AccountLine) => it.atRiskInYear?.minor ?? 0;
  return lines
    .filter((it) => it.healthScore !== null)
    .sort((a, b) => value(b) - value(a) || (a.id < b.id ? -1 : 1))
    .slice(0, top);
}

function countReasons(lines: readonly AccountLine[]): BookReport['reasons'] {
  const counts = new Map<MainReason, number>();
  for (const { mainReason } of lines) if (mainReason) counts.set(mainReason, (counts.get(mainReason) ?? 0) + 1);
  return [...counts]
    .map(([reason, accounts]) => ({ reason, accounts }))
    .sort((a, b) => b.accounts - a.accounts || (a.reason < b.reason ? -1 : 1));
}

function coverageLines(lines: readonly AccountLine[]): readonly CoverageLine[] {
  const known = new Map<string, number>();
  for (const line of lines) for (const id of line.known) known.set(id, (known.get(id) ?? 0) + 1);
  const ofModel = { contract: 0, orders: 0 };
  for (const { model } of lines) ofModel[model] += 1;
  return FEATURES.flatMap(({ id, title, group }) => {
    const cards = [CONTRACT_CARD, ORDERS_CARD].filter((card) => card.rows.some((row) => row.feature === id));
    if (cards.length === 0) return [];
    return [
      { feature: id, title, group, known: known.get(id) ?? 0, of: cards.reduce((n, it) => n + ofModel[it.model], 0) },
    ];
  });
}

/** Accounts whose band differs from the one on their record, largest fall first; a first score is no movement. */
function movementLines(lines: readonly AccountLine[]): readonly MovementLine[] {
  const change = (it: MovementLine) => (it.toScore ?? 0) - (it.fromScore ?? 0);
  return lines
    .filter((it) => it.before.band !== null && it.before.band !== it.band)
    .map(({ id, name, before, band, healthScore }) => ({
      id,
      name,
      from: before.band,
      to: band,
      fromScore: before.healthScore,
      toScore: healthScore,
    }))
    .sort((a, b) => change(a) - change(b) || (a.id < b.id ? -1 : 1));
}
