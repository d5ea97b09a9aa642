import { type LinkEnds, linkKey } from '../crm/link-key.ts';
import type { Id } from '../model/ids.ts';
import type { Contact, ContactRole, ReferralState } from '../model/types.ts';
import type { ReferralClaim } from '../referral/entities/referral.ts';
import { standingCredit } from '../referral/tracked-referrals.ts';
import type { HeldBack, Proposal } from './proposal.ts';

export interface ReferralLinkInput {
  readonly claims: Iterable<ReferralClaim>;
  /** The links between two people that others made. */
  readonly links: Iterable<LinkEnds>;
  /** Everybody whom the CRM shows: who is not among them was erased, or may not be named. */
  readonly contacts: Iterable<Pick<Contact, 'id' | 'referredById'>>;
  readonly roles: Iterable<Pick<ContactRole, 'contactId' | 'accountId' | 'isPrimary'>>;
  /** Keys of links that were made once, or found made by others: whatever became of them, they are not made again. */
  readonly settled: ReadonlySet<string>;
  /** Whether the CRM itself once said so: it is shown there, or somebody took it away. */
  readonly wasRecorded: (claim: ReferralClaim) => boolean;
  /** Whether records of this account may be written at all. */
  readonly mayWrite: (accountId: Id | null) => boolean;
}

/** States in which an introduction stands; one that came to nothing, or waits for somebody, is not shown as one. */
const STANDING: readonly ReferralState[] = [
  ...(['accepted', 'influenced', 'contacted', 'qualified', 'opportunity', 'won', 'retained'] as const),
  ...(['lost', 'reopened'] as const),
];

/**
 * Links from who was referred to who referred, of claims that the CRM does not show yet: each pair once, whatever number
 * of programs. Only between two people whom the CRM shows, whose accounts may both be written.
 */
export function* proposeReferralLinks(input: ReferralLinkInput): Iterable<Proposal> {
  const { settled, contacts, links } = input;
  const people = new Map([...contacts].map((it) => [it.id, it.referredById]));
  const homes = homesOf(input.roles);
  const done = new Set([...settled, ...[...links].flatMap(bothWays)]);
  for (const claim of [...input.claims].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const referredId = claim.referredContactId ?? claim.subjectId;
    const ends = { referredId, referrerId: claim.participantId };
    const key = linkKey(ends);
    const isShown = done.has(key) || people.get(referredId) === ends.referrerId || input.wasRecorded(claim);
    if (isShown || !stands(claim) || referredId === ends.referrerId) continue;
    done.add(key);
    const heldBack = whyLeft(claim, ends, people, homes, input);
    yield heldBack ? { heldBack } : linkWrite(key, ends);
  }
}

/** Where one person is tied to another either way, the tie is somebody's own. */
function bothWays({ referredId, referrerId }: LinkEnds): readonly string[] {
  return [linkKey({ referredId, referrerId }), linkKey({ referredId: referrerId, referrerId: referredId })];
}

function stands(claim: ReferralClaim): boolean {
  return STANDING.includes(claim.state) && standingCredit(claim) !== 'none';
}

function homesOf(roles: ReferralLinkInput['roles']): ReadonlyMap<Id, Id> {
  const homes = new Map<Id, Id>();
  for (const { contactId, accountId, isPrimary } of roles)
    if (isPrimary || !homes.has(contactId)) homes.set(contactId, accountId);
  return homes;
}

function whyLeft(
  { subjectId, referrerAccountId, history }: ReferralClaim,
  { referredId, referrerId }: LinkEnds,
  people: ReadonlyMap<Id, unknown>,
  homes: ReadonlyMap<Id, Id>,
  { mayWrite }: ReferralLinkInput,
): HeldBack | null {
  const isErased = history.some(({ reason }) => reason === 'erased');
  if (isErased || !people.has(referredId) || !people.has(referrerId)) return 'nobody to name';
  const accountId = subjectId === referredId ? (homes.get(referredId) ?? null) : subjectId;
  return mayWrite(referrerAccountId) && mayWrite(accountId) ? null : 'outside the book';
}

function linkWrite(key: string, ends: LinkEnds): Proposal {
  const write = { key, target: { externalKey: key }, set: ends };
  const why = `referred by ${ends.referrerId}, so far not shown`;
  return { write: { entity: 'referralLink', write, before: {}, label: ends.referredId, why } };
}
