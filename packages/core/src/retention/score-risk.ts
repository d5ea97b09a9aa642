import { FEATURES } from '../features/all-features.ts';
import type { AccountFacts, FactId } from '../features/facts.ts';
import type { Money } from '../model/money.ts';
import { nextBand } from './bands.ts';
import { contribution } from './contribution.ts';
import { logistic, logit, scaleHorizon } from './log-odds.ts';
import { mainReason } from './main-reason.ts';
import { reasonsText } from './reasons-text.ts';
import type { Driver, PreviousScore, RiskScore } from './risk-score.ts';
import type { Scorecard } from './scorecard.ts';
import { CONTRACT_CARD, ORDERS_CARD } from './scorecards.ts';

export interface ScoreOptions {
  /** Scorecards to use in place of the shipped ones. */
  readonly contractCard?: Scorecard;
  readonly ordersCard?: Scorecard;
  /** Horizon of order-based accounts in days; default 90. */
  readonly ordersHorizonDays?: number;
  readonly previous?: PreviousScore | null;
}

/** Below this share of known drivers an account is not scored. */
export const MIN_COVERAGE = 0.2;
const ORDERS_HORIZON_DAYS = 90;
const USUAL_TERM_DAYS = 365;
/** Two-sided 90 % of the normal distribution. */
const Z90 = 1.6449;

/** Scores one account from its facts by the "no outcomes" form: base log-odds plus a contribution for every known fact. */
export function scoreRisk(facts: AccountFacts, options: ScoreOptions = {}): RiskScore {
  const card = cardFor(facts, options);
  const horizonDays = horizonOf(card, facts, options);
  const baseLogOdds = logit(baseRate(card, horizonDays));
  const { drivers, missing, variance } = weigh(card, facts);
  const logOdds = drivers.reduce((sum, it) => sum + it.logOdds, baseLogOdds);
  const width = Z90 * Math.sqrt(card.baseWidth ** 2 + variance);
  const coverage = drivers.length / card.rows.length;
  const hardEvent = facts.noticeGiven === 1;
  const healthScore =
    coverage < MIN_COVERAGE && !hardEvent ? null : Math.round(300 / (3 + Math.exp(logOdds - baseLogOdds)));
  const band = nextBand({
    score: healthScore,
    previous: bandBefore(options.previous),
    on: facts.on ?? null,
    hardEvent,
  });
  const churnProbability = logistic(logOdds);
  const revenueInHorizon = share(facts.recurring, horizonDays / 365);
  const score = {
    model: card.model,
    modelVersion: card.version,
    churnProbability,
    horizonDays,
    interval: [logistic(logOdds - width), logistic(logOdds + width)] as const,
    healthScore,
    band: band.band,
    bandSince: band.since,
    baseLogOdds,
    logOdds,
    drivers: drivers.map((it) => ({ ...it, probability: churnProbability - logistic(logOdds - it.logOdds) })),
    mainReason: mainReason(drivers, coverage),
    coverage,
    missing,
    confidence: 'low' as const,
    revenueAtRisk: share(revenueInHorizon, churnProbability),
    revenueInHorizon,
  };
  return { ...score, reasons: reasonsText(score, options.previous ?? null) };
}

function cardFor(facts: AccountFacts, options: ScoreOptions): Scorecard {
  const contract = options.contractCard ?? CONTRACT_CARD;
  const orders = options.ordersCard ?? ORDERS_CARD;
  if (facts.model) return facts.model === 'contract' ? contract : orders;
  const ofContract = [
    facts.termDays,
    facts.daysToDecision,
    facts.noticeGiven,
    facts.contractLapsed,
    facts.autoRenews,
    facts.renewalNotStarted,
  ];
  return ofContract.some((it) => it !== null && it !== undefined) ? contract : orders;
}

/** For contracts the horizon is the term, never the days that remain (retention model, rule 2). */
function horizonOf(card: Scorecard, facts: AccountFacts, options: ScoreOptions): number {
  if (card.model === 'contract') return facts.termDays ?? USUAL_TERM_DAYS;
  return options.ordersHorizonDays ?? ORDERS_HORIZON_DAYS;
}

function baseRate(card: Scorecard, horizonDays: number): number {
  return card.model === 'contract' ? card.yearlyLoss : scaleHorizon(card.yearlyLoss, 365, horizonDays);
}

type WeighedDriver = Omit<Driver, 'probability'>;

function weigh(card: Scorecard, facts: AccountFacts) {
  const drivers: WeighedDriver[] = [];
  const missing: FactId[] = [];
  let variance = 0;
  for (const row of card.rows) {
    const part = contribution(row, facts);
    const feature = FEATURES.find((it) => it.id === row.feature);
    if (part === null || !feature) {
      missing.push(row.feature);
      continue;
    }
    variance += (card.pointsWidth * part.swings) ** 2;
    const { title, group } = feature;
    drivers.push({ feature: row.feature, title, group, value: part.value, reference: row.from, logOdds: part.logOdds });
  }
  drivers.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds) || (a.feature < b.feature ? -1 : 1));
  return { drivers, missing, variance };
}

function bandBefore(previous: PreviousScore | null | undefined) {
  return previous?.healthBand ? { band: previous.healthBand, since: previous.bandSince } : null;
}

function share(money: Money | null | undefined, part: number): Money | null {
  return money ? { minor: Math.round(money.minor * part), currency: money.currency } : null;
}
