import type { FactId, RetentionModel } from '../features/facts.ts';
import type { CalendarDay } from '../model/dates.ts';
import type { Money } from '../model/money.ts';
import type { Confidence, HealthBand, MainReason } from '../model/types.ts';
import type { EvidenceLabel } from './posterior/fitted-retention.ts';

/** One fact's part in a score. Positive log-odds argue for loss. */
export interface Driver {
  readonly feature: FactId;
  readonly title: string;
  readonly group: MainReason;
  /** `null`: the fact is missing, and missing has meant something in this book. */
  readonly value: number | null;
  /** The value at which the driver adds nothing: neutral by the points, the training mean by a fit. */
  readonly reference: number;
  readonly logOdds: number;
  /** By how much the probability would fall (or rise, when negative) if this driver alone were neutral. */
  readonly probability: number;
  /**
   * The model was fitted, but too few outcomes knew this driver: its weight is more the assumed points than anything
   * learned. Left out otherwise, and under points alone, where every weight is assumed.
   */
  readonly assumed?: true;
}

/** Whether health rose, fell or held since the last run. */
export type Direction = 'rising' | 'steady' | 'falling';

/** The chance that a kept account gets smaller, and the share that then goes. */
export interface Contraction {
  readonly probability: number;
  readonly expectedShare: number;
  /** Chance of being kept, times chance of shrinking, times share, times value in the horizon. */
  readonly expectedLoss: Money | null;
}

/** What the model says of one account. `baseLogOdds` plus the drivers' `logOdds`, added in their order, is `logOdds`. */
export interface RiskScore {
  readonly model: RetentionModel;
  readonly modelVersion: string;
  /** Chance of losing the account by its next decision (contract) or within the horizon (orders), 0 to 1. */
  readonly churnProbability: number;
  readonly horizonDays: number;
  /** 90 % interval of that chance: from the prior widths, or from the posterior. */
  readonly interval: readonly [low: number, high: number];
  /** 0 to 100, higher is better: 300 / (3 + odds of loss over usual odds), so a usual account has 75; `null`: too little known. */
  readonly healthScore: number | null;
  readonly band: HealthBand;
  readonly bandSince: CalendarDay | null;
  readonly baseLogOdds: number;
  readonly logOdds: number;
  /** Strongest first. */
  readonly drivers: readonly Driver[];
  /** The group of the strongest driver that raises the risk; `missing_data` or `null` when none does. */
  readonly mainReason: MainReason | null;
  /** Plain text for the record, at most 2,000 characters, naming no person. */
  readonly reasons: string;
  /** Share of the model's drivers that are known, 0 to 1. */
  readonly coverage: number;
  readonly missing: readonly FactId[];
  /** Always `low` until an accuracy card has passed. */
  readonly confidence: Confidence;
  /** What the numbers rest on, and how many decisions and losses of this book they were learned from. */
  readonly evidence: EvidenceLabel;
  readonly outcomes: { readonly decisions: number; readonly losses: number };
  /** An accuracy card has passed: only then is the chance of loss written to the CRM. */
  readonly proved: boolean;
  /** Which way health went since the last run, by at least 5 points; `null`: there is no score to compare. */
  readonly direction: Direction | null;
  /** Kept but smaller, shown apart from loss; `null` until it was learned from this book. */
  readonly contraction: Contraction | null;
  /** Recurring value within the horizon times the chance of loss; `null` when the value is unknown. */
  readonly revenueAtRisk: Money | null;
  /** Recurring value within the horizon. */
  readonly revenueInHorizon: Money | null;
}

/** What was last written on the account; it holds the band and tells what changed. */
export interface PreviousScore {
  readonly healthScore: number | null;
  readonly healthBand: HealthBand | null;
  readonly bandSince: CalendarDay | null;
}
