import type { Id } from '../../model/ids.ts';
import type {
  EvidenceAccount,
  EvidenceActivity,
  EvidenceContact,
  EvidenceParty,
  IntroductionSource,
} from './introduction-source.ts';

/** Who a participant is, as far as the CRM tells. */
export interface Person {
  readonly role: EvidenceParty['role'];
  readonly contactId: Id | null;
  readonly accountId: Id | null;
  /** What tells organisations apart: the account, else the domain, else the person. */
  readonly home: string;
  /** Only the name fits, and only one contact has it. */
  readonly byName: boolean;
  /** Recorded at an account, but with a domain that neither it nor another account has. */
  readonly unclearHome: boolean;
}

export interface PeopleIndex {
  readonly accounts: ReadonlyMap<Id, EvidenceAccount>;
  /** The people from outside who took part, each once; `null` where the CRM hides them. */
  identify(activity: EvidenceActivity): readonly Person[] | null;
  /** The account that a contact belongs to: by the domain of its addresses, else as recorded. */
  accountOf(contactId: Id): Id | null;
  knows(contactId: Id): boolean;
}

/** Indexes accounts by domain and contacts by address, name with domain, and name. A domain of two accounts tells nothing. */
export function indexPeople(source: Pick<IntroductionSource, 'accounts' | 'contacts'>): PeopleIndex {
  const accounts = new Map<Id, EvidenceAccount>();
  const byDomain = new Map<string, Id | null>();
  for (const it of source.accounts) {
    accounts.set(it.id, it);
    for (const domain of it.domains) note(byDomain, domain, it.id);
  }
  const contacts = new Map<Id, KnownContact>();
  const byMailbox = new Map<string, Id | null>();
  const byName = new Map<string, Id | null>();
  const byNameAndHome = new Map<string, Id | null>();
  for (const it of source.contacts) {
    contacts.set(it.id, {
      id: it.id,
      name: it.name,
      accountId: it.accountIds[0] ?? null,
      domain: domainOf(it, byDomain),
    });
    for (const { mailbox } of it.addresses) note(byMailbox, mailbox, it.id);
  }
  const homeOf = (contact: KnownContact | undefined, domain: string | null) => {
    const known = domain === null ? null : (byDomain.get(domain) ?? null);
    if (known !== null) return { accountId: known, unclear: false };
    const recorded = contact?.accountId ?? null;
    const foreign = domain !== null && recorded !== null && (accounts.get(recorded)?.domains.length ?? 0) > 0;
    return { accountId: recorded, unclear: foreign && byDomain.get(domain) === undefined };
  };
  for (const it of contacts.values()) {
    if (it.name === null) continue;
    note(byName, it.name, it.id);
    const account = homeOf(it, it.domain).accountId;
    if (account !== null) note(byNameAndHome, `${it.name}|${account}`, it.id);
  }

  const contactOf = (party: EvidenceParty, linked: readonly Id[]): { id: Id | null; byName: boolean } => {
    if (party.contactId !== null) return { id: party.contactId, byName: false };
    const mailbox = party.address?.mailbox;
    const found = mailbox === undefined ? undefined : byMailbox.get(mailbox);
    if (found) return { id: found, byName: false };
    if (party.name === null) return { id: null, byName: false };
    const domain = party.address?.domain ?? null;
    const account = domain === null ? null : (byDomain.get(domain) ?? null);
    if (account !== null) return { id: byNameAndHome.get(`${party.name}|${account}`) ?? null, byName: false };
    const named = linked.filter((id) => contacts.get(id)?.name === party.name);
    if (named.length === 1) return { id: named[0]!, byName: false };
    // a name alone tells somebody only where the address tells no other employer
    return { id: domain === null ? (byName.get(party.name) ?? null) : null, byName: true };
  };

  const identifyOne = (party: EvidenceParty, linked: readonly Id[]): Person => {
    const { id, byName: nameOnly } = contactOf(party, linked);
    const contact = id === null ? undefined : contacts.get(id);
    const onRecord = contact?.domain ?? null;
    const written = nameOnly ? null : (party.address?.domain ?? null);
    const domain = written !== null && (byDomain.get(written) || !byDomain.get(onRecord ?? '')) ? written : onRecord;
    const { accountId, unclear } = homeOf(contact, domain);
    const home = accountId ?? (domain ? `@${domain}` : (id ?? party.address?.mailbox ?? party.name ?? '?'));
    return { role: party.role, contactId: id, accountId, home, byName: nameOnly && id !== null, unclearHome: unclear };
  };

  return {
    accounts,
    identify({ kind, parties, contactIds }) {
      const shown = parties ?? (kind === 'call' ? contactIds.map(asAttendee) : null);
      if (shown === null) return null;
      const seen = new Map<string, Person>();
      for (const party of shown) {
        if (party.own) continue;
        const person = identifyOne(party, contactIds);
        const key = person.contactId ?? party.address?.mailbox ?? party.name ?? '?';
        if (!seen.has(key) || party.role === 'from') seen.set(key, person);
      }
      return [...seen.values()];
    },
    accountOf(contactId) {
      const contact = contacts.get(contactId);
      return contact ? homeOf(contact, contact.domain).accountId : null;
    },
    knows: (contactId) => contacts.has(contactId),
  };
}

/** What is needed of a contact while activities stream by. */
interface KnownContact {
  readonly id: Id;
  readonly name: string | null;
  readonly accountId: Id | null;
  readonly domain: string | null;
}

/** The domain that tells an account, else the first that tells an employer. */
function domainOf({ addresses }: EvidenceContact, byDomain: ReadonlyMap<string, Id | null>): string | null {
  const domains = addresses.flatMap((it) => it.domain ?? []);
  return domains.find((it) => byDomain.get(it)) ?? domains[0] ?? null;
}

/** One owner of a key; `null` once there are two. */
function note(index: Map<string, Id | null>, key: string, id: Id): void {
  const held = index.get(key);
  index.set(key, held === undefined || held === id ? id : null);
}

function asAttendee(contactId: Id): EvidenceParty {
  return { role: 'attendee', contactId, address: null, name: null, own: false };
}
