import type { CalendarDay } from '../../model/dates.ts';
import type { CapInterval } from './program.ts';
import type { QualifyingType } from './qualifying-event.ts';

/** What is given to whom for which event. Amounts in minor units of the program's currency, percents in basis points. */
export interface RewardRule {
  readonly id: string;
  readonly version: string;
  readonly event: QualifyingType;
  readonly beneficiary: 'referrer' | 'referred' | 'account_manager';
  readonly kind: 'cash' | 'credit' | 'discount' | 'free_period' | 'gift' | 'points' | 'donation' | 'recognition';
  /** `percent` is of the basis net of tax and refunds, and discloses the deal's amount: the program must allow it. */
  readonly amount: { readonly flat: number } | { readonly percent: number; readonly disclosesAmount: true };
  /** Tiers by the participant's number of won referrals, ascending; the last one reached replaces `amount`. */
  readonly tiers: readonly { readonly fromWon: number; readonly amount: RewardRule['amount'] }[];
  readonly caps: readonly RewardCap[];
  /** Months of recurring events that count after the first; 0: the first only; `null`: without end. */
  readonly durationMonths: number | null;
  readonly priority: number;
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay | null;
  /** Days after which an unpaid reward expires; `null`: never. */
  readonly expiresAfterDays: number | null;
}

/** A limit of what is given: to a person, by the program, for one opportunity; in each interval. */
export interface RewardCap {
  readonly scope: 'participant' | 'program' | 'opportunity';
  readonly interval: CapInterval;
  readonly minor: number;
}
