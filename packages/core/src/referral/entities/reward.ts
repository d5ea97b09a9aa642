import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Money } from '../../model/money.ts';
import type { RewardState } from '../../model/types.ts';
import type { ReasonCode } from './reason-code.ts';

/** A reward for one event under one rule for one beneficiary. `key` is made of program, event, rule and role. */
export interface Reward {
  readonly key: string;
  readonly programId: string;
  readonly ruleId: string;
  readonly ruleVersion: string;
  readonly referralId: string;
  readonly opportunityId: Id | null;
  readonly eventKey: string;
  readonly beneficiary: { readonly role: 'referrer' | 'referred' | 'account_manager'; readonly partyId: Id };
  readonly kind: string;
  /** In the program's currency, after caps; `asked` is what the rule gives before them. */
  readonly amount: Money;
  readonly asked: Money;
  /** What the amount was worked out from, in its own currency, and the rate used; fixed when it was earned. */
  readonly basis: Money | null;
  readonly rate: { readonly value: number; readonly on: string; readonly source: string } | null;
  readonly state: RewardState;
  readonly earnedAt: Instant;
  readonly dueAt: Instant;
  readonly expiresAt: Instant | null;
  /** Taken back so far, minor units. */
  readonly reversed: number;
  readonly reason: ReasonCode;
}
