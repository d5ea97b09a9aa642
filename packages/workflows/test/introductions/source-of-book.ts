import {
  addressKeys,
  type EvidenceActivity,
  type EvidenceCapabilities,
  type EvidenceParty,
  type IntroductionSource,
  nameKey,
  parseInstant,
  readSubject,
} from '@holdfast/core';
import type { IntroductionActivity, IntroductionBook } from '@holdfast/sandbox';

const FREE = new Set(['freemail.example']);
/** An org that shows everything. */
export const ALL_SHOWN: EvidenceCapabilities = {
  mailParticipants: true,
  meetingParticipants: true,
  links: true,
  confirmations: true,
};

/** What the adapters would hand over of a book: its rows, and not a word of the truth. */
export function sourceOfBook(
  book: IntroductionBook,
  capabilities: EvidenceCapabilities = ALL_SHOWN,
): IntroductionSource {
  const ours = new Set(book.users.map((it) => it.email));
  return {
    capabilities,
    accounts: book.accounts.map(({ id, domains, relation, since }) => ({
      ...{ id, domains, relation },
      since: since === undefined ? null : at(`${since}T00:00:00Z`),
    })),
    contacts: book.contacts.map(({ id, name, emails, accountId }) => ({
      ...{ id, name: nameKey(name), accountIds: accountId === undefined ? [] : [accountId] },
      addresses: emails.flatMap((it) => keysOf(it) ?? []),
    })),
    opportunities: book.opportunities.map((it) => ({ ...it, createdAt: at(it.createdAt) })),
    links: book.links.map(({ introducedAt, setAt, ...it }) => ({
      ...it,
      setAt: at(setAt),
      introducedAt: introducedAt === undefined ? null : at(introducedAt),
    })),
    confirmations: book.confirmations.map(({ byAdvocate, byProspect, setAt, ...it }) => ({
      ...it,
      ...{ byAdvocate: byAdvocate ?? null, byProspect: byProspect ?? null, introducedAt: null, setAt: at(setAt) },
    })),
    *activities() {
      for (const it of book.activities) yield activityOf(it, ours);
    },
  };
}

function activityOf(row: IntroductionActivity, ours: ReadonlySet<string>): EvidenceActivity {
  const party = (role: EvidenceParty['role']) => (text: string) => partyOf(role, text, ours);
  const parties =
    row.attendees?.map(party('attendee')) ??
    (row.from === undefined
      ? null
      : [party('from')(row.from), ...(row.to ?? []).map(party('to')), ...(row.cc ?? []).map(party('cc'))]);
  return {
    ...{ id: row.id, kind: row.kind, direction: row.direction ?? null, contactIds: row.contactIds, parties },
    ...{ occurredAt: at(row.occurredAt), recordedAt: at(row.loggedAt), thread: row.thread ?? null },
    hints: readSubject(row.subject ?? null),
  };
}

function partyOf(role: EvidenceParty['role'], text: string, ours: ReadonlySet<string>): EvidenceParty {
  const match = /^(.*) <(.*)>$/.exec(text);
  const email = match?.[2] ?? text;
  return { role, contactId: null, address: keysOf(email), name: nameKey(match?.[1] ?? null), own: ours.has(email) };
}

const keysOf = (email: string) => addressKeys(email, undefined, (host) => FREE.has(host));

function at(text: string): number {
  const instant = parseInstant(text);
  if (instant === null) throw new Error(`Not an instant: ${text}`);
  return instant;
}
