import type {
  Account,
  Contact,
  ContactRole,
  Id,
  Instant,
  Opportunity,
  OrgProfile,
  Program,
  ReferralEvent,
  Touch,
} from '@holdfast/core';
import { readBookEvents } from '@holdfast/core';
import type { Store } from '@holdfast/workflows';

export interface PartyReading {
  readonly profile: OrgProfile;
  readonly program: Program;
  /** The instant of the pull. */
  readonly asOf: Instant;
  /** Who is said to have introduced whom. */
  readonly touches: readonly Touch[];
  /** Sales that the journal has as won. */
  readonly won: ReadonlySet<Id>;
}

/**
 * What the stored book says of parties that the CRM itself names in no claim: who refers, what was known of the party,
 * and what became of its opportunities. One pass over contacts, roles, accounts and opportunities.
 */
export async function readPartyEvents(
  store: Pick<Store, 'records'>,
  { profile, program, asOf, touches, won }: PartyReading,
): Promise<readonly ReferralEvent[]> {
  const named = new Set(touches.flatMap((it) => [it.participantId, it.subjectId]));
  const kept = {
    contacts: [] as Contact[],
    roles: [] as ContactRole[],
    accounts: [] as Account[],
    opportunities: [] as Opportunity[],
    links: [],
  };
  for await (const it of store.records('contact')) if (named.has(it.id)) kept.contacts.push(it);
  for await (const it of store.records('contactRole')) if (named.has(it.contactId)) kept.roles.push(it);
  for await (const it of store.records('account')) if (named.has(it.id)) kept.accounts.push(it);
  for await (const it of store.records('opportunity')) {
    // who claims by hand names the party only: what else the field says is another claim
    if ([it.accountId, ...it.contactIds].some((id) => id !== null && named.has(id)))
      kept.opportunities.push({ ...it, referredById: null, source: null });
  }
  const contacts = kept.contacts.map((it) => ({ ...it, referredById: null }));
  return readBookEvents({ ...kept, contacts }, { profile, program, asOf, touches, won });
}
