import type { Instant } from '../../model/dates.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import { isWithin } from './clocks.ts';

/** What the CRM knew of a party apart from any introduction. */
export interface Relation {
  /** When the party became a customer, and when it ceased to be one; `null`: never, or not yet. */
  readonly customerSince: Instant | null;
  readonly customerUntil: Instant | null;
  readonly opportunities: readonly { readonly openedAt: Instant; readonly closedAt: Instant | null }[];
  /** Meetings and replies with the party; what only one side sent is none. */
  readonly contacts: readonly { readonly occurredAt: Instant; readonly recordedAt: Instant }[];
}

export const NO_RELATION: Relation = { customerSince: null, customerUntil: null, opportunities: [], contacts: [] };

/**
 * Why an introduction can be `influenced` at most (rule 2): an opportunity that was open before it; a customer; a two-way
 * contact in the stated days before it that was also on record before the claim. `null`: nothing stands against it. An
 * opportunity or a contact of the very instant of the introduction is its result.
 */
export function findRelation(
  introducedAt: Instant,
  claimedAt: Instant,
  relation: Relation,
  policy: AttributionPolicy,
): ReasonCode | null {
  const wasOpen = relation.opportunities.some(
    (it) => it.openedAt < introducedAt && (it.closedAt === null || it.closedAt > introducedAt),
  );
  if (wasOpen) return 'open_opportunity';
  const { customerSince, customerUntil } = relation;
  const wasCustomer = customerSince !== null && customerSince < introducedAt;
  if (wasCustomer && (customerUntil === null || customerUntil > introducedAt)) return 'existing_relation';
  const inTouch = relation.contacts.some(
    ({ occurredAt, recordedAt }) =>
      occurredAt < introducedAt &&
      isWithin(introducedAt, occurredAt, policy.contactedBeforeDays) &&
      recordedAt < claimedAt,
  );
  return inTouch ? 'existing_relation' : null;
}
