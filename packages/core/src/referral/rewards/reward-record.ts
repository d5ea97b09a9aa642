import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Money } from '../../model/money.ts';
import type { QualifyingType } from '../entities/qualifying-event.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { Reward } from '../entities/reward.ts';

/** A reward with all that its further way depends on. Amounts in minor units of the program's currency. */
export interface RewardRecord extends Reward {
  /** Who is credited: the advocate, or the referred party; `beneficiary.partyId` may be their account. */
  readonly participantId: Id;
  /** The opportunity where there is one, else the referred party: what refunds, disputes and locks are about. */
  readonly caseId: Id;
  readonly eventType: QualifyingType;
  /** Basis points of the credit. */
  readonly share: number;
  /** Cash or a gift to a person, not to their employer. */
  readonly personal: boolean;
  /** Recurring events count to this instant; `null`: without end. */
  readonly recursUntil: Instant | null;
  /** The account where the part that is open lies. */
  readonly place: 'pending' | 'held' | 'payable';
  /** Paid, fulfilled or netted so far. */
  readonly settled: number;
  /** The part of `reversed` that had been settled before: it is owed by the party. */
  readonly clawedBack: number;
  /** A refund of an applied benefit that waits for a person, and what persons have let go of such. */
  readonly owedBack: number;
  readonly forgiven: number;
  /** How much of the basis was refunded, in its currency. */
  readonly refunded: number;
  /** What persons and checks hold against its going on; what time or a missing entry holds is worked out anew. */
  readonly holds: readonly ReasonCode[];
  /** It is not earned before a check lets it (minimum of active customers). */
  readonly waits: boolean;
  readonly approvedAt: Instant | null;
  /** The person; `null`: approved by the end of its holding period. */
  readonly approvedBy: string | null;
  /** Fraud was upheld: at this instant the time to appeal ends. */
  readonly fraudFinalAt: Instant | null;
  /** Number of postings so far; part of their keys. */
  readonly postings: number;
  /** A later decision gave it to somebody else, or in another share. */
  readonly withdrawn: boolean;
}

/** A refund or cancellation as it was recorded; `amount` null: the whole sale. */
export interface RefundRecord {
  readonly key: string;
  readonly caseId: Id;
  readonly occurredAt: Instant;
  readonly amount: Money | null;
  readonly refundsKey: string | null;
  /** Keys of wins that came after it, of the same sale: it is not about them. */
  readonly spares?: readonly string[];
  /** What is not yet set against a sale, by the type of event; a type that is missing: all of it. */
  readonly left: Readonly<Record<string, number>>;
}

/** The part of a reward that is neither taken back nor settled. */
export function openMinor(record: RewardRecord): number {
  return record.amount.minor - (record.reversed - record.clawedBack) - record.settled;
}

/** Whether it goes to a payee; anything else is a benefit that is applied. */
export function isPayout(kind: string): boolean {
  return kind === 'cash' || kind === 'gift';
}

/** A reward of an advocate that nobody has taken back. */
export function isStandingReferrer({ beneficiary, state }: RewardRecord): boolean {
  return beneficiary.role === 'referrer' && state !== 'canceled' && state !== 'reversed' && state !== 'expired';
}

/** A settled reward whose fraud is not final yet is still waited for; one that a cap left nothing of is not. */
export function isOpen({ fraudFinalAt, state, amount }: RewardRecord): boolean {
  if (fraudFinalAt !== null) return state !== 'reversed' && state !== 'canceled';
  if (state === 'cap_limited') return amount.minor > 0;
  return !['paid', 'fulfilled', 'reversed', 'expired', 'canceled'].includes(state);
}
