import { DAY_MS, dayInZone, dayNumber, type Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { OrgProfile } from '../../model/profile.ts';
import type { Opportunity } from '../../model/types.ts';
import { opportunityState } from '../../snapshot/opportunity-meaning.ts';
import type { Relation } from '../claims/existing-relation.ts';
import type { ReferralBook } from '../referral-book.ts';

/** By which words and at which instant a book is read. */
interface Reading {
  readonly profile: OrgProfile;
  readonly asOf: Instant;
}

/** How a sale stands at the instant of a pull. */
export interface SaleStep {
  readonly state: 'open' | 'won' | 'lost';
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
}

/** How a sale stands; `null` where the profile leaves it out. A closing day without an opening is both. */
export function stepOf(it: Opportunity, { profile, asOf }: Reading): SaleStep | null {
  const state = opportunityState(it, profile, dayInZone(asOf, profile.timeZone));
  if (state === 'ignored') return null;
  const closed = it.closeOn === null ? null : dayNumber(it.closeOn) * DAY_MS;
  const openedAt = Math.min(it.createdAt ?? closed ?? asOf, asOf);
  return {
    state,
    openedAt,
    closedAt: state === 'open' ? null : Math.min(asOf, Math.max(openedAt, closed ?? openedAt)),
  };
}

/**
 * What a book knows of a party: customer since the first sale won; every opportunity with its days, those included that
 * name the claimed person and no account. Two-way contacts come with the evidence.
 */
export function relationOf(subjectId: Id, contactId: Id | null, book: ReferralBook, reading: Reading): Relation {
  const own = (book.opportunitiesOf.get(contactId ?? '') ?? []).filter((it) => it.accountId === null);
  const sales = new Set([...(book.opportunitiesOf.get(subjectId) ?? []), ...own]);
  const steps = [...sales].flatMap((it) => stepOf(it, reading) ?? []);
  const wins = steps.filter((it) => it.state === 'won').map((it) => it.closedAt ?? it.openedAt);
  const churnedOn = book.churnedOn.get(subjectId) ?? null;
  return {
    customerSince: wins.length === 0 ? null : Math.min(...wins),
    customerUntil: churnedOn === null ? null : dayNumber(churnedOn) * DAY_MS,
    opportunities: steps.map(({ openedAt, closedAt }) => ({ openedAt, closedAt })),
    contacts: [],
  };
}
