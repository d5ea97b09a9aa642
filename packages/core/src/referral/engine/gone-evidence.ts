import type { Id } from '../../model/ids.ts';
import type { OrgProfile } from '../../model/profile.ts';
import { partyOf } from '../attribution/roll-up.ts';
import { cameToNothing } from '../claims/transitions.ts';
import type { Denial } from '../entities/denial.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { Touch } from '../entities/touch.ts';
import { rawClaims } from '../read-claims.ts';
import { indexReferralBook, type ReferralBook, type ReferralRows } from '../referral-book.ts';
import { deniedBy } from './denials.ts';
import { resolveId, subjectOf } from './engine-state.ts';
import type { ReferralEngine } from './open-engine.ts';

type State = ReferralEngine['state'];

/** What a pull says of what people recorded. */
export interface EvidenceReading {
  readonly profile: Pick<OrgProfile, 'referralSources'>;
  /** What mails, meetings and confirmations prove in the same pull; none when left out. */
  readonly touches?: readonly Touch[];
}

/**
 * What the CRM says otherwise than the journal of claims that rest on nothing but what somebody recorded there: those that
 * it shows no longer, and those that it shows again, or that rest on something else by now. Not shown is not gone: nothing
 * is said where a record of the claim is not in the book, or came out of another one. Asked only where the org shows all
 * that it showed before.
 */
export function changedEvidence(
  { state }: Pick<ReferralEngine, 'state'>,
  rows: ReferralRows,
  { profile, touches = [] }: EvidenceReading,
): readonly Denial[] {
  const pairs = new Map<string, ReferralClaim[]>();
  for (const it of state.claims.values()) {
    if (it.evidence !== 'recorded' && !isGone(state, it)) continue;
    const key = pairKey(it.participantId, it.subjectId);
    pairs.set(key, [...(pairs.get(key) ?? []), it]);
  }
  if (pairs.size === 0) return [];
  // whatever stands in the book by now, also from after the instant of the pull
  const book = indexReferralBook(rows, Number.POSITIVE_INFINITY);
  const shown = shownPairs(state, book, profile, touches);
  const isShown = ({ participantId, ...it }: ReferralClaim) =>
    [it.subjectId, it.referredContactId, it.opportunityId].some((id) => shown.has(pairKey(participantId, id)));
  const survivors = new Set(state.mergedInto.values());
  const sales = new Set(book.opportunities.map((it) => it.id));
  const isThere = (id: Id) =>
    !survivors.has(id) && (book.people.has(id) || book.leads.has(id) || book.churnedOn.has(id) || sales.has(id));
  return [...pairs.values()].flatMap((claims): readonly Denial[] => {
    const [{ participantId, subjectId } = {} as ReferralClaim] = claims;
    const restsOnElse = !claims.every((it) => restsOnRecord(state, it));
    if (restsOnElse || claims.some(isShown)) return standing(state, claims);
    const isLeft = claims.every((it) => recordsOf(it).every(isThere) && isNamed(state, it));
    if (!isLeft || claims.every(hasEnded) || claims.some((it) => isGone(state, it))) return [];
    const recordId = `recorded ${pairKey(participantId, subjectId)}`;
    return [{ recordId, advocateId: participantId, partyIds: [subjectId], saidBy: ['crm'] }];
  });
}

/** Everybody whom a record of the CRM, or what is proved, ties to a referrer, by every id that the journal may know them by. */
function shownPairs(
  state: State,
  book: ReferralBook,
  profile: EvidenceReading['profile'],
  touches: readonly Touch[],
): ReadonlySet<string> {
  const shown = new Set<string>();
  const add = (referrerId: Id, id: Id | null) => {
    if (id === null) return;
    const person = resolveId(state, referrerId);
    shown.add(pairKey(person, resolveId(state, id))).add(pairKey(person, subjectOf(state, id)));
  };
  for (const { referrerId, referredContactId, accountId, opportunityId } of rawClaims(book, profile))
    for (const id of [referredContactId, accountId, opportunityId]) if (referrerId !== null) add(referrerId, id);
  // a claim may still name the lead, also where that was converted into another account
  const leads = [...book.leads.values()].map((it) => ({ referrerId: it.referredById, referredId: it.id }));
  for (const { referrerId, referredId } of [...book.links, ...leads])
    if (referrerId !== null) shown.add(pairKey(resolveId(state, referrerId), referredId));
  for (const { participantId, subjectId } of touches) {
    const { contactId, accountId } = partyOf(book, subjectId);
    for (const id of [subjectId, contactId, accountId]) add(participantId, id);
  }
  return shown;
}

const pairKey = (participantId: Id, id: Id | null) => `${participantId}>${id}`;

/** No mail, code, confirmation or word of ours beside what a reading of the CRM found recorded. */
function restsOnRecord({ touches }: State, { evidence, participantId, subjectId, history }: ReferralClaim): boolean {
  const isByHand = (key: string) => /^(touch )?submitted /.test(key);
  const all = touches.of(subjectId, [participantId]);
  const isOfBook = all.every((it) => it.evidence === 'recorded' && !isByHand(it.key));
  return evidence === 'recorded' && isOfBook && !history.some(({ actor }) => isByHand(actor));
}

/** Every record that may have carried it: one that is gone took it along, which corrects nothing. */
function recordsOf({ participantId, subjectId, referredContactId, opportunityId, stoodOn = [] }: ReferralClaim) {
  const all = [participantId, subjectId, referredContactId, opportunityId, ...stoodOn.map((it) => it.subjectId)];
  return all.filter((id) => id !== null);
}

/** Of somebody who was erased nobody knows any more what was recorded. */
function isNamed({ erased }: State, { referredContactId }: ReferralClaim): boolean {
  return referredContactId !== null || erased.size === 0;
}

function hasEnded({ state }: ReferralClaim): boolean {
  return cameToNothing(state) || state === 'reversed';
}

function isGone(state: State, claim: ReferralClaim): boolean {
  return deniedBy(state, claim).includes('crm');
}

/** What is taken back of what stands against them. */
function standing({ denials }: State, claims: readonly ReferralClaim[]): readonly Denial[] {
  const [{ participantId, subjectId } = {} as ReferralClaim] = claims;
  return (denials.get(participantId) ?? [])
    .filter((it) => it.saidBy.includes('crm') && it.partyIds.includes(subjectId))
    .map(({ since: _, ...it }) => ({ ...it, saidBy: [] }));
}
