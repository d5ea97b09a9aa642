import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ReferralState } from '../../model/types.ts';
import { claimId } from '../claims/open-claim.ts';
import { isStronger } from '../entities/evidence-class.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** Two records that the CRM made one; `id` is the key of that event. */
export interface Merge {
  readonly id: string;
  readonly loserId: Id;
  readonly survivorId: Id;
  readonly at: Instant;
  /** Only claims on the loser go over, as on a contact to its account: whoever refers stays who they are. */
  readonly only?: 'subject';
}

/** Which of two claims that became one tells where it stands: whoever came further. */
const FURTHEST: readonly ReferralState[] = [
  ...(['retained', 'won', 'reopened', 'opportunity', 'qualified', 'contacted', 'accepted', 'influenced'] as const),
  ...(['contested', 'under_review', 'queued', 'lost', 'submitted', 'reversed', 'disqualified', 'withdrawn'] as const),
  ...(['expired', 'duplicate', 'rejected'] as const),
];

/** A participant, touch or claim with every id of the loser turned into the survivor's; itself where there is none. */
export function repoint<T extends object>(record: T, { loserId, survivorId, only }: Merge): T {
  const entries = Object.entries(record);
  const moves = ([key, value]: [string, unknown]) => value === loserId && (only === undefined || key === 'subjectId');
  if (!entries.some(moves)) return record;
  return Object.fromEntries(entries.map((it) => [it[0], moves(it) ? survivorId : it[1]])) as T;
}

/** The id of a claim as it is after a merge; itself where it does not name the loser. */
export function repointClaimId(id: string, { loserId, survivorId, only }: Omit<Merge, 'id' | 'at'>): string {
  const now = (it: Id) => (it === loserId ? survivorId : it);
  return pointClaimId(id, only === undefined ? now : (it) => it, now);
}

/** The id of a claim by what the person and the party that it names are called now. */
export function pointClaimId(id: string, nowPerson: (id: Id) => Id, nowParty: (id: Id) => Id): string {
  const [, programId = '', participantId = '', subjectId = ''] = CLAIM_ID.exec(id) ?? [];
  return programId === '' ? id : claimId(programId, nowPerson(participantId), nowParty(subjectId));
}
const CLAIM_ID = /^(.+)\/([^/>]+)>([^>]+)$/;

/**
 * Points claims at the record that is left. Claims of one participant on one party become one: the stronger evidence,
 * the state that came further, both histories and the merge in it. A second time changes nothing. The sale is then
 * decided again (`decide`, `recordDecision`); what is locked stays and is looked at by a person.
 */
export function mergeClaims(claims: readonly ReferralClaim[], merge: Merge): readonly ReferralClaim[] {
  const merged = new Map<string, ReferralClaim>();
  for (const claim of claims) {
    const pointed = pointTo(claim, merge);
    const twin = merged.get(pointed.id);
    merged.set(pointed.id, twin === undefined ? pointed : join(twin, pointed, merge));
  }
  return [...merged.values()];
}

function pointTo(claim: ReferralClaim, merge: Merge): ReferralClaim {
  const pointed = repoint(claim, merge);
  if (pointed === claim) return claim;
  const id = claimId(pointed.programId, pointed.participantId, pointed.subjectId);
  if (merge.only === undefined) return { ...pointed, id, history: [...pointed.history, mark(pointed, merge)] };
  // no step of the claim: what looks at the last one asks how it stands
  return { ...pointed, id, stoodOn: [...(claim.stoodOn ?? []), { subjectId: merge.loserId, until: merge.at }] };
}

function mark({ state, policyVersion }: ReferralClaim, { id, at }: Merge): ReferralClaim['history'][number] {
  return { from: state, to: state, event: 'merge', at, actor: id, reason: 'merged', policyVersion };
}

function join(a: ReferralClaim, b: ReferralClaim, merge: Merge): ReferralClaim {
  const [lead, other] = isFurther(a, b) ? [a, b] : [b, a];
  const proof = isBetterProof(lead, other) ? lead : other;
  const isMark = (it: ReferralClaim['history'][number]) => it.event === 'merge' && it.actor === merge.id;
  const past = [...other.history, ...lead.history].filter((it) => !isMark(it));
  const stoodOn = [...(other.stoodOn ?? []), ...(lead.stoodOn ?? [])].sort((x, y) => x.until - y.until);
  return {
    ...lead,
    evidence: proof.evidence,
    introducedAt: proof.introducedAt,
    claimedAt: Math.min(a.claimedAt, b.claimedAt),
    expiresAt: Math.max(a.expiresAt, b.expiresAt),
    protectedUntil: later(a.protectedUntil, b.protectedUntil),
    credit: lead.credit ?? other.credit,
    opportunityId: lead.opportunityId ?? other.opportunityId,
    history: merge.only === undefined ? [...past.sort((x, y) => x.at - y.at), mark(lead, merge)] : past,
    ...(stoodOn.length > 0 && { stoodOn }),
  };
}

function isFurther(a: ReferralClaim, b: ReferralClaim): boolean {
  const difference = FURTHEST.indexOf(a.state) - FURTHEST.indexOf(b.state);
  return (
    difference < 0 ||
    (difference === 0 && (a.claimedAt < b.claimedAt || (a.claimedAt === b.claimedAt && key(a) <= key(b))))
  );
}

function isBetterProof(a: ReferralClaim, b: ReferralClaim): boolean {
  return isStronger(a.evidence, b.evidence) || (a.evidence === b.evidence && a.introducedAt <= b.introducedAt);
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** Something to order two like claims by that does not depend on how they came. */
function key(claim: ReferralClaim): string {
  return JSON.stringify([claim.referredContactId, claim.referrerAccountId, claim.history]);
}
