import type { AccountFacts, RetentionModel } from '../features/facts.ts';
import type { Money } from '../model/money.ts';
import { Z90 } from '../stats/special/normal.ts';
import { nextBand } from './bands.ts';
import { confidenceOf } from './confidence.ts';
import type { LastCards } from './last-card.ts';
import { logistic, logit, scaleHorizon } from './log-odds.ts';
import { mainReason } from './main-reason.ts';
import type { FittedRetention } from './posterior/fitted-retention.ts';
import { reasonsText } from './reasons-text.ts';
import type { Contraction, Direction, PreviousScore, RiskScore } from './risk-score.ts';
import type { Scorecard } from './scorecard.ts';
import { CONTRACT_CARD, ORDERS_CARD } from './scorecards.ts';
import { weighByFit, weighByPoints } from './weigh-drivers.ts';

/** A model that was fitted on the company's own outcomes, and whether its accuracy card has passed. */
export interface ModelInUse {
  readonly loss: FittedRetention;
  readonly proved: boolean;
  /** Chance of getting smaller when kept (rule 3), with the mean share that then went. */
  readonly contraction?: { readonly fit: FittedRetention; readonly expectedShare: number } | null;
}

export interface ScoreOptions {
  /** Scorecards to use in place of the shipped ones. */
  readonly contractCard?: Scorecard;
  readonly ordersCard?: Scorecard;
  /** Fitted models; without one the points of its scorecard speak. */
  readonly models?: { readonly [M in RetentionModel]?: ModelInUse };
  /** Horizon of order-based accounts in days; default 90. */
  readonly ordersHorizonDays?: number;
  readonly previous?: PreviousScore | null;
  /** What the last accuracy cards said, so that the reasons say it too; they change no number. */
  readonly cards?: LastCards;
}

/** Below this share of known drivers an account is not scored. */
export const MIN_COVERAGE = 0.2;
const ORDERS_HORIZON_DAYS = 90;
const USUAL_TERM_DAYS = 365;

/**
 * Scores one account from its facts: base log-odds plus a part for every driver, which add up exactly. The parts come
 * from the scorecard's points, or from the model fitted on the company's own outcomes where one is given.
 */
export function scoreRisk(facts: AccountFacts, options: ScoreOptions = {}): RiskScore {
  const card = cardFor(facts, options);
  const inUse = options.models?.[card.model] ?? null;
  const horizonDays = horizonOf(card, facts, options);
  const baseLogOdds = baseOf(card, inUse, horizonDays);
  const { drivers, missing, variance } = inUse ? weighByFit(card, inUse.loss, facts) : weighByPoints(card, facts);
  const logOdds = drivers.reduce((sum, it) => sum + it.logOdds, baseLogOdds);
  const width = Z90 * Math.sqrt(variance);
  const interval = [logistic(logOdds - width), logistic(logOdds + width)] as const;
  // not 1 less the missing share: 1 - 20 / 25 lies below 0.2, and an account with just enough would not be scored
  const coverage = (card.rows.length - missing.length) / card.rows.length;
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
  const proved = inUse?.proved ?? false;
  const score = {
    model: card.model,
    modelVersion: inUse?.loss.version ?? card.version,
    churnProbability,
    horizonDays,
    interval,
    healthScore,
    band: band.band,
    bandSince: band.since,
    baseLogOdds,
    logOdds,
    drivers: drivers.map((it) => ({ ...it, probability: churnProbability - logistic(logOdds - it.logOdds) })),
    mainReason: mainReason(drivers, coverage),
    coverage,
    missing,
    confidence: confidenceOf(proved, interval, coverage, drivers),
    evidence: inUse?.loss.evidence ?? ('points only' as const),
    outcomes: inUse?.loss.outcomes ?? { decisions: 0, losses: 0 },
    proved,
    direction: directionOf(healthScore, options.previous?.healthScore ?? null),
    contraction: contractionOf(card, inUse, facts, churnProbability, revenueInHorizon),
    revenueAtRisk: share(revenueInHorizon, churnProbability),
    revenueInHorizon,
  };
  return { ...score, reasons: reasonsText(score, options.previous ?? null, options.cards?.[card.model]) };
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

function baseOf(card: Scorecard, inUse: ModelInUse | null, horizonDays: number): number {
  if (card.model === 'contract') return inUse?.loss.intercept ?? logit(card.yearlyLoss);
  if (inUse === null) return logit(scaleHorizon(card.yearlyLoss, 365, horizonDays));
  if (horizonDays === ORDERS_HORIZON_DAYS) return inUse.loss.intercept;
  return logit(scaleHorizon(logistic(inUse.loss.intercept), ORDERS_HORIZON_DAYS, horizonDays));
}

/** Points by which health must move to have a direction. */
const WORTH_A_DIRECTION = 5;

function directionOf(now: number | null, before: number | null): Direction | null {
  if (now === null || before === null) return null;
  if (Math.abs(now - before) < WORTH_A_DIRECTION) return 'steady';
  return now > before ? 'rising' : 'falling';
}

function contractionOf(
  card: Scorecard,
  inUse: ModelInUse | null,
  facts: AccountFacts,
  churnProbability: number,
  revenueInHorizon: Money | null,
): Contraction | null {
  if (!inUse?.contraction) return null;
  const { fit, expectedShare } = inUse.contraction;
  const { drivers } = weighByFit(card, fit, facts);
  const probability = logistic(drivers.reduce((sum, it) => sum + it.logOdds, fit.intercept));
  const expectedLoss = share(revenueInHorizon, (1 - churnProbability) * probability * expectedShare);
  return { probability, expectedShare, expectedLoss };
}

function bandBefore(previous: PreviousScore | null | undefined) {
  return previous?.healthBand ? { band: previous.healthBand, since: previous.bandSince } : null;
}

function share(money: Money | null | undefined, part: number): Money | null {
  return money ? { minor: Math.round(money.minor * part), currency: money.currency } : null;
}
