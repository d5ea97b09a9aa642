import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { OrgProfile } from '../model/profile.ts';
import { partyOf, partyOfSale, type ReferredParty, rollUp } from './attribution/roll-up.ts';
import { CRM_EVIDENCE, type RecordedClaim } from './referral.ts';
import type { ReferralBook } from './referral-book.ts';

/** Claims about one party by one referrer, as one: the earliest date, all the evidence. */
export interface MergedClaim extends RecordedClaim {
  readonly subject: Id;
  readonly all: readonly RecordedClaim['evidence'][];
}

/**
 * Reads every claim that the CRM holds by an instant: links between people, fields that name a referrer, source values.
 * Claims of one referrer about one account are merged. A bare source value is a claim of its own only where nobody is
 * named; otherwise it supports the named ones. Order: date (undated last), evidence, referrer, party.
 */
export function readClaims(book: ReferralBook, profile: OrgProfile, asOf: Instant): readonly MergedClaim[] {
  const together = new Map<string, (RecordedClaim & { readonly subject: Id })[]>();
  for (const claim of rawClaims(book, profile)) {
    const { referredContactId: contactId, accountId, opportunityId } = claim;
    const subject = rollUp({ contactId, accountId, opportunityId });
    if (subject === null || (claim.claimedAt !== null && claim.claimedAt > asOf)) continue;
    const key = `${claim.referrerId ?? '?'}>${subject}`;
    together.set(key, [...(together.get(key) ?? []), { ...claim, subject }]);
  }
  const merged = new Map([...together].map(([key, claims]) => [key, mergeAll(claims)]));
  const named = new Set([...merged.values()].filter((it) => it.referrerId !== null).map((it) => it.subject));
  const sources = new Set([...merged.values()].filter((it) => it.referrerId === null).map((it) => it.subject));
  return [...merged.values()]
    .filter((it) => it.referrerId !== null || !named.has(it.subject))
    .map((it) =>
      it.referrerId !== null && sources.has(it.subject) ? { ...it, all: withEvidence(it.all, 'source') } : it,
    )
    .sort(byPrecedence);
}

/** What each record of the CRM claims by itself: links between people, fields that name a referrer, source values. */
export function* rawClaims(book: ReferralBook, profile: Pick<OrgProfile, 'referralSources'>): Iterable<RecordedClaim> {
  for (const { referrerId, referredId, claimedAt, createdAt } of book.links) {
    const at = claimedAt ?? createdAt ?? book.people.get(referredId)?.createdAt ?? null;
    yield claimOf('link', referrerId, partyOf(book, referredId), at);
  }
  for (const it of book.people.values()) {
    if (it.referredById === null) continue;
    yield claimOf('field', it.referredById, partyOf(book, it.id), it.createdAt);
  }
  for (const it of book.leads.values()) {
    if (it.referredById !== null) yield claimOf('field', it.referredById, partyOf(book, it.id), it.createdAt);
    if (it.source !== null && profile.referralSources.includes(it.source))
      yield claimOf('source', null, partyOf(book, it.id), it.createdAt);
  }
  for (const it of book.opportunities) {
    const party = partyOfSale(book, it);
    if (it.referredById !== null) yield claimOf('field', it.referredById, party, it.createdAt);
    if (it.source !== null && profile.referralSources.includes(it.source)) {
      yield claimOf('source', null, party, it.createdAt);
    }
  }
}

function claimOf(
  evidence: RecordedClaim['evidence'],
  referrerId: Id | null,
  { contactId: referredContactId, accountId, opportunityId }: ReferredParty,
  claimedAt: Instant | null,
): RecordedClaim {
  return { evidence, referrerId, referredContactId, accountId, opportunityId, claimedAt };
}

/** As one: the earliest date; of people and sales the first that is named, by date, then id, whatever the order of rows. */
function mergeAll(claims: readonly (RecordedClaim & { readonly subject: Id })[]): MergedClaim {
  const inOrder = [...claims].sort((a, b) => compare(orderOf(a), orderOf(b)));
  const [first] = inOrder;
  const all = CRM_EVIDENCE.filter((it) => claims.some(({ evidence }) => evidence === it));
  return {
    ...first!,
    evidence: all[0] ?? first!.evidence,
    referredContactId: inOrder.find((it) => it.referredContactId !== null)?.referredContactId ?? null,
    opportunityId: inOrder.find((it) => it.opportunityId !== null)?.opportunityId ?? null,
    all,
  };
}

type Order = readonly [time: number, contact: string, opportunity: string];
const orderOf = (it: RecordedClaim): Order => [time(it), it.referredContactId ?? '~', it.opportunityId ?? '~'];
function compare(a: Order, b: Order): number {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  return 0;
}

const withEvidence = (all: readonly RecordedClaim['evidence'][], one: RecordedClaim['evidence']) =>
  CRM_EVIDENCE.filter((it) => it === one || all.includes(it));

const time = (claim: RecordedClaim): number => claim.claimedAt ?? Number.POSITIVE_INFINITY;

function byPrecedence(a: MergedClaim, b: MergedClaim): number {
  if (time(a) !== time(b)) return time(a) - time(b) < 0 ? -1 : 1;
  const rank = CRM_EVIDENCE.indexOf(a.evidence) - CRM_EVIDENCE.indexOf(b.evidence);
  if (rank !== 0) return rank;
  const [x, y] = [`${a.referrerId}>${a.subject}`, `${b.referrerId}>${b.subject}`];
  return x < y ? -1 : x > y ? 1 : 0;
}
