import {
  type Activity,
  type Denial,
  type EvidenceActivity,
  type EvidenceParty,
  type EvidenceReport,
  type EvidenceSourceName,
  type FoundIntroduction,
  type Id,
  type Instant,
  isSharedDomain,
  type MailParties,
  type MeetingParties,
  type OrgProfile,
  searchIntroductions,
  type Touch,
  touchesOf,
} from '@holdfast/core';
import type { LinkStore } from '../store/own-links.ts';
import type { Store } from '../store/store.ts';
import { partyKeys } from '../workspace/workspace-digest.ts';
import { type EvidenceShown, evidenceCapabilities } from './evidence-shown.ts';
import { readEvidence, type StoredEvidence } from './read-evidence.ts';

export interface FindIntroductionsOptions {
  readonly profile: OrgProfile;
  readonly asOf: Instant;
  /** The workspace's keyed digest, the one that the pull was given. */
  readonly digest: (text: string) => string;
  /** What the org showed when it was pulled. */
  readonly shown: EvidenceShown;
  /** Hosts of private mailboxes beside those that everybody knows. */
  readonly freeHosts?: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
}

/** What a pulled book proves of introductions. */
export interface BookIntroductions {
  /** What is credited without a question, for `followReferrals`; what somebody linked or claimed is read by that itself. */
  readonly touches: readonly Touch[];
  /** What a person must be asked about: a task each, with the text to send. */
  readonly toConfirm: readonly FoundIntroduction[];
  /** What people noted as denied on our own records, for `followReferrals`; `null`: the org does not show them. */
  readonly denials: readonly Denial[] | null;
  /** Classes of evidence that this org does not show, with the reason: unavailable, not absent. */
  readonly unavailable: Partial<Record<EvidenceSourceName, string>>;
  readonly report: EvidenceReport;
}

/**
 * Finds who introduced whom in a pulled book. Mails and meetings are gone over twice, calls once; nothing is where none
 * has the shape of an introduction. Memory holds people, accounts and candidates, never the mails.
 */
export async function findBookIntroductions(
  store: LinkStore,
  { profile, asOf, digest, shown: told, freeHosts = new Set(), signal }: FindIntroductionsOptions,
): Promise<BookIntroductions> {
  const key = partyKeys(digest);
  const isShared = (host: string) => isSharedDomain(host) || freeHosts.has(host);
  const noMails = await isEmpty(store.records('mailParties'));
  const shown = { ...told, mail: told.mail ?? (noMails ? NO_MAILS : null) };
  // a book without any evidence is not gone over for it
  const isBare =
    noMails && (await isEmpty(store.records('meetingParties'))) && (await isEmpty(store.records('referral')));
  const evidence = isBare ? NO_EVIDENCE : await readEvidence(store, profile, asOf, { key, isShared });
  const search = searchIntroductions({ ...evidence, capabilities: evidenceCapabilities(shown) }, asOf);
  const people = { ...evidence, free: new Set([...freeHosts].map(key)) };
  const covered = new Set<Id>();
  for await (const it of withParties(store, people, covered, signal)) search.take(it);
  const second = search.second();
  if (second.candidates > 0) {
    for await (const it of withParties(store, people, covered, signal)) second.take(it);
    for await (const it of otherActivities(store, shown, covered, signal)) second.take(it);
  }
  const report = second.finish();
  const { denied } = report;
  return {
    touches: touchesOf(report.introductions, digest).filter(({ evidence: it }) => it !== 'recorded'),
    toConfirm: report.introductions.filter(({ standing }) => standing === 'needs_confirmation'),
    denials: shown.confirmation === null ? denied : null,
    unavailable: Object.fromEntries(Object.entries(shown).filter(([, reason]) => reason !== null)),
    report,
  };
}

const NO_MAILS = 'The CRM holds no mails as records of their own, or they were not pulled';

const NO_EVIDENCE: StoredEvidence = {
  ...{ accounts: [], contacts: [], opportunities: [], links: [], confirmations: [] },
  ...{ ownMailboxes: new Set(), ownDomains: new Set() },
};

async function isEmpty(rows: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _ of rows) return false;
  return true;
}

type People = Pick<StoredEvidence, 'ownMailboxes' | 'ownDomains'> & { readonly free: ReadonlySet<string> };

/** Mails and meetings whose people are stored; `covered` gathers the touches that a mail is a second record of. */
async function* withParties(
  store: Pick<Store, 'records'>,
  people: People,
  covered: Set<Id>,
  signal: AbortSignal | undefined,
): AsyncGenerator<EvidenceActivity> {
  for await (const it of store.records('mailParties')) {
    signal?.throwIfAborted();
    if (it.activityId !== null) covered.add(it.activityId);
    yield mailOf(it, people);
  }
  for await (const it of store.records('meetingParties')) {
    signal?.throwIfAborted();
    yield meetingOf(it);
  }
}

/** Calls; and the mails that an org shows nothing more of, whose linked people still say that there was contact. */
async function* otherActivities(
  store: Pick<Store, 'records'>,
  shown: EvidenceShown,
  covered: ReadonlySet<Id>,
  signal: AbortSignal | undefined,
): AsyncGenerator<EvidenceActivity> {
  for await (const it of store.records('activity')) {
    signal?.throwIfAborted();
    if (it.byUs || covered.has(it.id)) continue;
    const isHidden = (it.kind === 'email' && shown.mail !== null) || (it.kind === 'meeting' && shown.meeting !== null);
    if (it.kind === 'call' || isHidden) yield hiddenOf(it);
  }
}

function mailOf(mail: MailParties, people: People): EvidenceActivity {
  const { id, direction, occurredAt, createdAt, thread, hints, contactIds } = mail;
  return {
    ...{ id, kind: 'email', direction, occurredAt, recordedAt: createdAt, thread, hints, contactIds },
    parties: mail.parties?.map((it) => partyOf(it, people)) ?? null,
  };
}

/** A domain that anybody may have is none; one of us is told by the address or by a host that only we have. */
function partyOf(party: EvidenceParty, { ownMailboxes, ownDomains, free }: People): EvidenceParty {
  const { address } = party;
  if (address === null) return party;
  const domain = address.domain === null || free.has(address.domain) ? null : address.domain;
  const own = party.own || ownMailboxes.has(address.mailbox) || (domain !== null && ownDomains.has(domain));
  return { ...party, own, address: { mailbox: address.mailbox, domain } };
}

function meetingOf({ id, occurredAt, createdAt, hints, contactIds }: MeetingParties): EvidenceActivity {
  const party = (contactId: Id): EvidenceParty => ({
    ...{ role: 'attendee', contactId, address: null, name: null, own: false },
  });
  return {
    ...{ id, kind: 'meeting', direction: null, occurredAt, recordedAt: createdAt, thread: null, hints, contactIds },
    parties: contactIds.map(party),
  };
}

function hiddenOf({ id, kind, direction, occurredAt, createdAt, contactIds }: Activity): EvidenceActivity {
  return {
    ...{ id, kind, direction, occurredAt, recordedAt: createdAt, contactIds },
    ...{ thread: null, hints: null, parties: null },
  };
}
