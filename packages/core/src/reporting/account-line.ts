import type { ScoredAccount } from '../actions/score-slice.ts';
import type { RetentionModel } from '../features/facts.ts';
import type { CalendarDay } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import { displayName } from '../model/mask-addresses.ts';
import type { Money } from '../model/money.ts';
import type { Confidence, HealthBand, MainReason } from '../model/types.ts';
import type { ScoreMovement } from '../retention/movement/split-movement.ts';
import type { EvidenceLabel } from '../retention/posterior/fitted-retention.ts';
import type { Contraction, Direction } from '../retention/risk-score.ts';
import { chanceWithinDays } from '../retention/value/chance-within.ts';
import type { AccountSlice } from '../snapshot/slice.ts';

/** What a report keeps of one scored account: small, and without any contact's name. */
export interface AccountLine {
  readonly id: Id;
  readonly name: string;
  readonly model: RetentionModel;
  readonly band: HealthBand;
  readonly healthScore: number | null;
  readonly churnProbability: number;
  readonly horizonDays: number;
  /** Chance of loss within the report's one horizon of a year: 0 when no decision falls into it, all of it when its day is not known. */
  readonly lossInYear: number;
  /** Recurring value per year. */
  readonly recurring: Money | null;
  /** `recurring` times `lossInYear`, so that accounts with other terms may be added and compared. */
  readonly atRiskInYear: Money | null;
  readonly decisionInDays: number | null;
  readonly mainReason: MainReason | null;
  readonly reasons: string;
  readonly nextStep: string;
  readonly coverage: number;
  readonly confidence: Confidence;
  /** What the numbers rest on, and whether an accuracy card has passed. */
  readonly evidence: EvidenceLabel;
  /** Decisions of this book that they were learned from; 0: they are assumptions. */
  readonly decisions: number;
  readonly proved: boolean;
  /** 90 % interval of `churnProbability`. */
  readonly interval: readonly [low: number, high: number];
  readonly direction: Direction | null;
  readonly contraction: Contraction | null;
  readonly known: readonly string[];
  readonly before: { readonly healthScore: number | null; readonly band: HealthBand | null };
  readonly on: CalendarDay | null;
  /** Why the log-odds moved since the last run, with the five strongest drivers; left out without an earlier run. */
  readonly movement?: ScoreMovement;
}

const DRIVERS_SHOWN = 5;

/** The report's horizon in days: portfolio sums need one, stated. */
export const REPORT_HORIZON_DAYS = 365;

/** Reduces a scored account to its line; `slice` gives the name and what was written before. */
export function accountLine(
  slice: Pick<AccountSlice, 'account'>,
  { facts, score, movement }: ScoredAccount,
): AccountLine {
  const { account } = slice;
  const decisionInDays = facts.daysToDecision ?? null;
  const risk = { model: score.model, probability: score.churnProbability, horizonDays: score.horizonDays };
  // a decision on an unknown day may come any day: all of its chance counts, so that no risk is hidden
  const lossInYear = chanceWithinDays(risk, decisionInDays, REPORT_HORIZON_DAYS) ?? score.churnProbability;
  const recurring = facts.recurring ?? null;
  return {
    id: account.id,
    name: displayName(account),
    model: score.model,
    band: score.band,
    healthScore: score.healthScore,
    churnProbability: score.churnProbability,
    horizonDays: score.horizonDays,
    lossInYear,
    recurring,
    atRiskInYear: recurring && { minor: Math.round(recurring.minor * lossInYear), currency: recurring.currency },
    decisionInDays,
    mainReason: score.mainReason,
    reasons: score.reasons,
    nextStep: score.nextStep,
    coverage: score.coverage,
    confidence: score.confidence,
    evidence: score.evidence,
    decisions: score.outcomes.decisions,
    proved: score.proved,
    interval: score.interval,
    direction: score.direction,
    contraction: score.contraction,
    known: score.drivers.filter((it) => it.value !== null).map((it) => it.feature),
    before: { healthScore: account.healthScore, band: account.healthBand },
    on: facts.on ?? null,
    ...(movement && { movement: { ...movement, drivers: movement.drivers.slice(0, DRIVERS_SHOWN) } }),
  };
}
