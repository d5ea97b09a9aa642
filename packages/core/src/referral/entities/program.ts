import type { CalendarDay } from '../../model/dates.ts';
import type { FraudLimits } from '../fraud/fraud-limits.ts';
import type { AttributionPolicy } from './attribution-policy.ts';
import type { FraudSignal } from './fraud-signal.ts';
import type { RewardRule } from './reward-rule.ts';

/** A referral program with one version of its terms. A change of terms is a new version; claims keep theirs. */
export interface Program {
  readonly id: string;
  readonly name: string;
  /** The company as its customers know it, for texts that they are sent or pass on; the CRM's own name unless set. */
  readonly seller?: string;
  readonly state: 'draft' | 'active' | 'paused' | 'ended';
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay | null;
  /** ISO 4217; budgets, caps and rewards are in it. */
  readonly currency: string;
  /** Higher wins where two programs match, unless both are `stackable`. */
  readonly priority: number;
  readonly stackable: boolean;
  /** An acceptance of the terms holds `acceptedWithinDays`; `null`: without end, and a participant need not have accepted. */
  readonly terms: { readonly version: string; readonly url: string | null; readonly acceptedWithinDays: number | null };
  /** Rewards of one interval may not exceed `minor`; `null`: no budget. */
  readonly budget: { readonly minor: number; readonly interval: CapInterval } | null;
  readonly policy: AttributionPolicy;
  readonly rules: readonly RewardRule[];
  /** Days that a reward is held after it was earned; at least the refund period. */
  readonly holdingDays: number;
  /** Days within which a sale may be refunded; where given, `holdingDays` may not be shorter. */
  readonly refundDays?: number;
  /** Checks that are switched off, by their id, for everybody or for single participants. */
  readonly checksOff: readonly { readonly check: string; readonly participantId: string | null }[];
  /** What the checks do otherwise here: actions by check id, single limits, hosts from which a click is not taken. */
  readonly checkSettings?: {
    readonly actions?: Readonly<Record<string, FraudSignal['action']>>;
    readonly limits?: Partial<FraudLimits>;
    readonly bannedSources?: readonly string[];
  };
  /** A reward above it needs a person's approval; `null`: all are approved when their holding period ends. */
  readonly approvalAbove: number | null;
  /**
   * Cash and gifts to a person who works for a customer, all programs together, per calendar year and in minor units
   * (rule 8). Without it there are none: the person's account is credited instead.
   */
  readonly giftCapPerYear?: number;
  /** Two-letter country codes where the program runs; empty: everywhere. */
  readonly jurisdictions: readonly string[];
}

/** The span over which a cap or a budget counts; calendar months, quarters and years in UTC. */
export type CapInterval = 'month' | 'quarter' | 'year' | 'lifetime';
