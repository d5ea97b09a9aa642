import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { ReferralCredit, ReferralState } from '../model/types.ts';
import { lastStep } from './claims/last-step.ts';
import type { EngineState } from './engine/engine-state.ts';
import type { EvidenceClass } from './entities/evidence-class.ts';
import type { ReasonCode } from './entities/reason-code.ts';
import type { ReferralClaim } from './entities/referral.ts';

/** One introduction and how it stands: what the engine says of the pair, in the program that says most. */
export interface TrackedReferral {
  /** The claim's, the same in every run; where nobody is named, `unknown>` and the party. */
  readonly id: string;
  /** `null`: no claim of any program, because the CRM names nobody who could have made it. */
  readonly programId: string | null;
  readonly referrerId: Id | null;
  readonly referrerAccountId: Id | null;
  readonly referredContactId: Id | null;
  readonly accountId: Id | null;
  /** The opportunity that it is followed on. */
  readonly opportunityId: Id | null;
  readonly evidence: EvidenceClass;
  readonly claimedAt: Instant | null;
  readonly protectedUntil: Instant | null;
  readonly state: ReferralState;
  /** Decided at conversion; `null` until then. */
  readonly credit: ReferralCredit | null;
  readonly reason: ReasonCode;
}

export interface ReferralReport {
  /** By claim date, then id. */
  readonly referrals: readonly TrackedReferral[];
  readonly counts: Readonly<Partial<Record<ReferralState, number>>>;
}

/**
 * The introductions of a book: the engine's claims, each pair of people and party once, and what the CRM claims without
 * naming anybody known (`unclaimed`), where the journal names nobody for that party either.
 */
export function trackedReferrals(
  { claims, bySubject }: Pick<EngineState, 'claims' | 'bySubject'>,
  unclaimed: readonly TrackedReferral[] = [],
): ReferralReport {
  const pairs = new Map<string, TrackedReferral>();
  for (const claim of claims.values()) {
    const pair = `${claim.participantId}>${claim.subjectId}`;
    const tracked = trackedOf(claim);
    const other = pairs.get(pair);
    if (!other || saysMore(tracked, other)) pairs.set(pair, tracked);
  }
  const isOpen = ({ id, referrerId }: TrackedReferral) =>
    referrerId === null ? !bySubject.get(id.slice(UNKNOWN.length))?.length : !pairs.has(id);
  const referrals = [...pairs.values(), ...unclaimed.filter(isOpen)].sort(byDate);
  return { referrals, counts: countStates(referrals) };
}

/** How the id of a referral begins whose referrer nobody knows. */
export const UNKNOWN = 'unknown>';

/** The credit of a claim as it stands: a sale that was taken back is nobody's. */
export function standingCredit({ state, credit }: Pick<ReferralClaim, 'state' | 'credit'>): ReferralCredit | null {
  return state === 'reversed' ? 'none' : credit;
}

/** Why a claim stands where it stands; that its records were merged says nothing of it. */
export function standingReason(claim: Pick<ReferralClaim, 'history'>): ReasonCode {
  return lastStep(claim)?.reason ?? 'accepted';
}

function trackedOf(claim: ReferralClaim): TrackedReferral {
  const { id, programId, referrerAccountId, subjectId, referredContactId, opportunityId, evidence, claimedAt } = claim;
  const isAccount = subjectId !== referredContactId && subjectId !== opportunityId;
  return {
    ...{ id, programId, referrerId: claim.participantId, referrerAccountId, referredContactId },
    ...{ accountId: isAccount ? subjectId : null, opportunityId, evidence, claimedAt },
    ...{ protectedUntil: claim.protectedUntil, state: claim.state, credit: standingCredit(claim) },
    reason: standingReason(claim),
  };
}

/** States by how much they say of a party or a sale, those that say most first. */
const SAYING: readonly ReferralState[] = [
  ...(['retained', 'won', 'reopened', 'opportunity', 'qualified', 'contacted', 'accepted', 'influenced'] as const),
  ...(['reversed', 'lost', 'contested', 'queued', 'under_review', 'submitted'] as const),
  ...(['expired', 'duplicate', 'disqualified', 'withdrawn', 'rejected'] as const),
];
const CREDITS: readonly (ReferralCredit | null)[] = ['sourced', 'influenced'];

/** Whether one referral speaks rather than another one for a pair or a sale: credit first, then state, date and id. */
export function saysMore(a: TrackedReferral, b: TrackedReferral): boolean {
  const [x, y] = [rankOf(a), rankOf(b)];
  const place = x.findIndex((it, i) => it !== y[i]);
  return place < 0 ? byDate(a, b) < 0 : x[place]! < y[place]!;
}

function rankOf({ credit, state }: TrackedReferral): readonly number[] {
  const place = CREDITS.indexOf(credit);
  return [place < 0 ? CREDITS.length : place, SAYING.indexOf(state)];
}

function countStates(referrals: readonly TrackedReferral[]): ReferralReport['counts'] {
  const counts: Partial<Record<ReferralState, number>> = {};
  for (const { state } of referrals) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function byDate(a: TrackedReferral, b: TrackedReferral): number {
  const [x, y] = [a.claimedAt ?? Number.MAX_SAFE_INTEGER, b.claimedAt ?? Number.MAX_SAFE_INTEGER];
  return x !== y ? x - y : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
