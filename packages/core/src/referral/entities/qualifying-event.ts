import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { Money } from '../../model/money.ts';

export const QUALIFYING_TYPES = [
  'contacted',
  'qualified',
  'opportunity_opened',
  'won',
  'invoice_paid',
  'retained',
  'lost',
  'refunded',
  'cancelled',
] as const;
export type QualifyingType = (typeof QUALIFYING_TYPES)[number];

/** What the CRM says happened to a referred party. `key` is a hash of the source record: a replay changes nothing. */
export interface QualifyingEvent {
  readonly key: string;
  readonly type: QualifyingType;
  readonly subjectId: Id;
  readonly opportunityId: Id | null;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** Net of tax and discounts, never negative; of a refund, how much was given back. */
  readonly amount: Money | null;
  /** Who of us looks after the sale: a rule may give them recognition. */
  readonly ownerId?: Id;
  /** Of a refund: the key of the event that it refunds. Without it the latest sale or invoice is refunded first. */
  readonly refundsKey?: string;
  /** Of a sale won: it was taken back before and stands after all; what took it back is not about this win. */
  readonly again?: true;
  /** The one program that it is about, such as `retained` by its days; left out: all in which the party was claimed. */
  readonly programId?: string;
}
