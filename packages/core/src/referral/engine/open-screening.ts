import type { Instant } from '../../model/dates.ts';
import type { Opportunity } from '../../model/types.ts';
import { claimId, openClaim } from '../claims/open-claim.ts';
import type { ClaimSubmission } from '../entities/referral-event.ts';
import type { BookFacts, NamedParty } from '../fraud/book-facts.ts';
import { indexEarlierReferrals } from '../fraud/earlier-referrals.ts';
import { evaluateFraud } from '../fraud/evaluate-fraud.ts';
import { type FraudContext, fraudContext, type HashedIdentity } from '../fraud/fraud-context.ts';
import type { IdentityKeys } from '../fraud/identity/identity-keys.ts';
import { emailIdentity } from '../fraud/identity/payee-identities.ts';
import { findTombstone } from '../privacy/tombstone.ts';
import type { ClaimToScreen, ScreenClaim } from './claim-to-screen.ts';
import type { EngineState } from './engine-state.ts';

/** What claims are screened with. */
export interface Screening {
  readonly state: Omit<EngineState, 'now'>;
  readonly facts: BookFacts;
  /** The instant of the pull: signals are raised at it. */
  readonly asOf: Instant;
  /** The workspace's keyed digest; nothing else of an address leaves the screening. */
  readonly digest: (text: string) => string;
  /** What is known beside the CRM: hashed devices, parameters of the click, digests of payout and tax numbers. */
  readonly given?: ((claim: ClaimToScreen) => GivenFacts) | undefined;
}

/** Facts that no CRM record holds; what is left out is not known. */
export type GivenFacts = Partial<Pick<FraudContext, 'devices' | 'source' | 'identities'>>;

interface Earlier {
  readonly id: string;
  readonly claimedAt: Instant;
  readonly referred: IdentityKeys;
}

/**
 * The checks of new claims on what the book holds: who both sides are, who sells to them, how their accounts hang
 * together, whom the participant referred before, what is left of erased people. Loops, speed and open claims are left to
 * the engine, which takes claims in their order. The same book and state give the same signals, whatever the order of
 * rows and claims; a claim that the journal has is not screened again. Never throws: a check that cannot be run says so in
 * its signal.
 */
export function openScreening(screening: Screening): ScreenClaim {
  const { state, facts } = screening;
  const known = new Map<string, IdentityKeys>();
  const identity = (party: NamedParty): IdentityKeys => {
    const key = `${party.contactId} ${party.accountId}`;
    const found = known.get(key) ?? facts.identityOf(party);
    known.set(key, found);
    return found;
  };
  let batch: readonly ClaimToScreen[] = [];
  let before: ReadonlyMap<string, readonly Earlier[]> = new Map();
  return (claim, all) => {
    if (state.seen.has(claim.key)) return { signals: [], isErased: false };
    if (batch !== all) {
      batch = all;
      before = earlierClaims(state, all, (it) => identity(facts.partyOf(it)));
    }
    return screen(claim, before.get(sideOf(claim.said)) ?? [], identity, screening);
  };
}

function screen(
  claim: ClaimToScreen,
  before: readonly Earlier[],
  identity: (party: NamedParty) => IdentityKeys,
  { state, facts, asOf, digest, given }: Screening,
): ReturnType<ScreenClaim> {
  const { said, program, claimedAt } = claim;
  const party = facts.partyOf(said);
  const referred = identity(party);
  const referrer = identity({ contactId: said.participantId, accountId: said.referrerAccountId });
  const sales = facts.opportunitiesOf(party);
  // the day that was said, not the one that the evidence proves: whether it is borne out is what a check looks at
  const open = { ...openClaim(said, program, claimedAt, claim.key), introducedAt: said.introducedAt };
  const id = open.id;
  const earlier = before.filter((it) => it.claimedAt < claimedAt || (it.claimedAt === claimedAt && it.id < id));
  const beside = given?.(claim) ?? {};
  const context = fraudContext({
    ...{ asOf, program, claim: open, referrer, referred, digest },
    participant: state.participants.get(`${program.id} ${said.participantId}`) ?? claim.participant,
    earlier: indexEarlierReferrals(earlier.map((it) => ({ referralId: it.id, referred: it.referred }))),
    sellers: { owners: facts.sellersFor(referrer, party, sales), domains: facts.ownDomains },
    groupOf: facts.groupOf,
    tombstones: state.tombstones,
    evidenceRecordedAt: claim.recordedAt,
    opportunityCreatedAt: createdAt(said, sales),
    ...beside,
    source: sourceOf(said, sales, beside.source ?? null),
  });
  const known = { signals: evaluateFraud(context), isErased: isErased(context) };
  const identities = [...identitiesOf(referrer, digest), ...(beside.identities ?? [])];
  return identities.length === 0 ? known : { ...known, identities };
}

/** Claims of the journal and of the batch by program and participant, one of each party. */
function earlierClaims(
  { claims }: Screening['state'],
  all: readonly ClaimToScreen[],
  referredIn: (claim: ReferredIn) => IdentityKeys,
): ReadonlyMap<string, readonly Earlier[]> {
  const sides = new Set(all.map((it) => sideOf(it.said)));
  const index = new Map<string, Map<string, Earlier>>();
  const note = (of: ReferredIn & ClaimSide, claimedAt: Instant) => {
    const side = sideOf(of);
    if (!sides.has(side)) return;
    const id = claimId(of.programId, of.participantId, of.subjectId);
    const own = index.get(side) ?? new Map<string, Earlier>();
    index.set(side, own);
    const first = Math.min(own.get(id)?.claimedAt ?? claimedAt, claimedAt);
    own.set(id, { id, claimedAt: first, referred: own.get(id)?.referred ?? referredIn(of) });
  };
  for (const it of claims.values()) note(it, it.claimedAt);
  for (const it of all) note(it.said, it.claimedAt);
  return new Map([...index].map(([side, own]) => [side, [...own.values()]]));
}

type ReferredIn = Pick<ClaimSubmission, 'subjectId' | 'referredContactId'>;
type ClaimSide = Pick<ClaimSubmission, 'programId' | 'participantId'>;

function sideOf({ programId, participantId }: ClaimSide): string {
  return `${programId} ${participantId}`;
}

/** The click where one is given, and the CRM's own word for how the sale came in: of the one that is named, else the first. */
function sourceOf(
  said: ClaimSubmission,
  sales: readonly Opportunity[],
  click: FraudContext['source'],
): FraudContext['source'] {
  const named = (sales.find((it) => it.id === said.opportunityId) ?? sales[0])?.source ?? null;
  return click === null && named === null ? null : { ...(click ?? { parameters: {}, referrerHost: null }), named };
}

/** Of the sale that the claim names, else of the first that came after the introduction. */
function createdAt({ opportunityId, introducedAt }: ClaimSubmission, sales: readonly Opportunity[]): Instant | null {
  const named = sales.find((it) => it.id === opportunityId);
  const later = sales.find((it) => it.createdAt !== null && it.createdAt > introducedAt);
  return (named ?? later)?.createdAt ?? null;
}

/** Where this cannot be told, the check of erased parties has failed too, and the reward waits for a person. */
function isErased({ referred, tombstones, digest, asOf }: FraudContext): boolean {
  try {
    return tombstones !== null && findTombstone(referred, tombstones, digest, asOf)?.why === 'erased';
  } catch {
    return false;
  }
}

/** Of who refers; none where the digest cannot be made, which fails checks of their own. */
function identitiesOf({ emails }: IdentityKeys, digest: (text: string) => string): readonly HashedIdentity[] {
  try {
    return emails.map((it) => emailIdentity(it, digest));
  } catch {
    return [];
  }
}
