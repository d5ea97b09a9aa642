import type { FactId, RetentionModel } from '../../features/facts.ts';
import type { CalendarDay } from '../../model/dates.ts';
import type { EvidenceLabel } from '../posterior/fitted-retention.ts';

/**
 * What the card says of the score. `passes`: it beats the base rate on decisions that it had not seen, and its chances
 * may be read as chances. `no-signal`: it does not beat the base rate. `miscalibrated`: it ranks, but its chances are
 * off. `not-enough-outcomes` and `losses-missing`: no accuracy can be given.
 */
export type CardVerdict = 'passes' | 'no-signal' | 'miscalibrated' | 'not-enough-outcomes' | 'losses-missing';

/** A figure with its 90 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Who predicts: the score, and what it is always held against. */
export const CONTENDERS = ['score', 'base rate', 'recency', 'days to decision', 'points', 'last period'] as const;
export type ContenderId = (typeof CONTENDERS)[number];

/** How one contender did. Skills are against the base rate: 0 is no better, 1 is perfect. `null`: cannot be told. */
export interface ContenderFigures {
  readonly contender: ContenderId;
  readonly decisions: number;
  readonly losses: number;
  readonly logLoss: number;
  readonly logLossSkill: number | null;
  readonly brier: number;
  readonly brierSkill: number | null;
  readonly auc: Estimate | null;
  /** Its log-loss is lower than the base rate's by more than luck: the 90 % interval of the paired gain lies above 0. */
  readonly beatsBaseRate: boolean;
}

/** Decisions of about equal predicted chance: what was said and what happened, with a Wilson interval. */
export interface CardBin {
  readonly decisions: number;
  readonly losses: number;
  readonly predicted: number;
  readonly observed: Estimate;
}

/** How the chances compare with what happened. `eceWhenPerfect` is what chance alone would show at this size. */
export interface CardCalibration {
  readonly slope: Estimate | null;
  readonly intercept: Estimate | null;
  readonly bins: readonly CardBin[];
  readonly ece: number;
  readonly eceWhenPerfect: number;
  readonly predictedLosses: number;
}

/** What the tenth of the accounts with the highest scores held. Shares are `null` where nothing was lost or no value is known. */
export interface TopTenth {
  readonly decisions: number;
  readonly losses: number;
  readonly lift: number | null;
  readonly lossesCaptured: number | null;
  readonly revenueCaptured: number | null;
  /** Why `revenueCaptured` is `null`, or of how many losses it does not speak; left out where every value is known. */
  readonly revenueNote?: string;
}

/** How much of what the score knows it knows so many days before the decision. */
export interface LeadLine {
  readonly leadDays: number;
  readonly decisions: number;
  readonly losses: number;
  readonly auc: Estimate | null;
  /** Share of the losses that stood among the tenth with the highest scores by then. */
  readonly lossesCaptured: number | null;
}

/** One of the admin's points that the outcomes argue against. */
export interface ContradictedPoint {
  readonly feature: FactId;
  readonly points: number;
  readonly weight: Estimate;
  /** Posterior chance that the weight has the other sign. */
  readonly chanceWrongSign: number;
}

/** How expected and observed losses compare over owners: counts only, no names. */
export interface OwnerCalibration {
  readonly owners: number;
  /** Owners with at least `minDecisions` decisions. */
  readonly judged: number;
  readonly minDecisions: number;
  /** Owners whose losses lie outside the 90 % interval of what was predicted; by luck alone one in ten does. */
  readonly fewerLosses: number;
  readonly moreLosses: number;
}

/** Whether the additive challenger earned its promotion on the later slice. */
export interface ChallengerFigures {
  readonly logLoss: number;
  readonly auc: Estimate | null;
  readonly slope: Estimate | null;
  /** By how much its log-loss is lower than the score's, and the standard error of that difference. */
  readonly gain: number;
  readonly gainSe: number;
  readonly promoted: boolean;
  readonly reason: string;
}

/** What was left out of the card and why. */
export interface CardOmission {
  readonly reason: string;
  readonly decisions: number;
}

/**
 * The accuracy card of one model: counts and figures only, so that it may be shown to anybody. `test` is the latest
 * slice, `rolling` every decision that was predicted from an earlier cut-off.
 */
export interface AccuracyCard {
  readonly model: RetentionModel;
  readonly on: CalendarDay;
  readonly verdict: CardVerdict;
  /** The verdict in a sentence, with what is needed where it is not `passes`. */
  readonly summary: string;
  readonly evidence: EvidenceLabel;
  readonly leadDays: number;
  readonly outcomes: {
    readonly decisions: number;
    readonly losses: number;
    readonly contractions: number;
    readonly pending: number;
    readonly baseRate: number | null;
    /** Losses that would count under other days of grace. */
    readonly byGraceDays: readonly {
      readonly graceDays: number;
      readonly decisions: number;
      readonly losses: number;
    }[];
  };
  readonly history: { readonly fromOn: CalendarDay | null; readonly toOn: CalendarDay | null };
  readonly testSlice: { readonly fromOn: CalendarDay; readonly toOn: CalendarDay } | null;
  readonly test: readonly ContenderFigures[];
  readonly rolling: readonly ContenderFigures[];
  readonly calibration: CardCalibration | null;
  readonly untreated: CardCalibration | null;
  readonly treatedDecisions: number;
  readonly topTenth: TopTenth | null;
  readonly leads: readonly LeadLine[];
  readonly contradicted: readonly ContradictedPoint[];
  readonly owners: OwnerCalibration | null;
  readonly redButKept: number;
  readonly greenButLost: number;
  readonly challenger: ChallengerFigures | null;
  readonly leftOut: readonly CardOmission[];
  readonly notes: readonly string[];
}
