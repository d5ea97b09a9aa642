import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ClaimSubmission } from '../entities/referral-event.ts';
import type { Reward } from '../entities/reward.ts';
import type { Tombstone } from './tombstone.ts';

/** A claim by what its id is made of. */
type ClaimNamed = Pick<ClaimSubmission, 'programId' | 'participantId' | 'subjectId'>;

/** What the journal adds up to, as far as it decides what of it may go. The engine's `journalFacts` reads it. */
export interface JournalFacts {
  readonly claims: readonly ReferralClaim[];
  readonly rewards: readonly Pick<Reward, 'referralId' | 'state' | 'beneficiary'>[];
  readonly decisions: readonly Pick<AttributionDecision, 'candidates'>[];
  /** Events that were refused, by key. */
  readonly refused: ReadonlyMap<string, ReasonCode>;
  /** What a check found of a claim, lifted or not; `null`: nothing. */
  readonly found: (claim: ClaimNamed, check: string) => FraudSignal | null;
  readonly tombstones: readonly Tombstone[];
  readonly payments: readonly { readonly partyId: Id; readonly at: Instant }[];
  /** Digests that only erased people hold, with the instant until which their tombstones tell them. */
  readonly erasedDigests: ReadonlyMap<string, Instant>;
  /** Whom an ask was put to, by its key. */
  readonly askedOf: (askKey: string) => Id | null;
  /** The record that an id stands for now; older events still hold the ids that were merged away. */
  readonly survivorOf: (id: Id) => Id;
  /** The party that a claim on an id is on now. */
  readonly subjectOf: (id: Id) => Id;
}

/** Who is named by the id of a claim; `null` for what is none. */
export function pairOf(referralId: string): { readonly participantId: Id; readonly subjectId: Id } | null {
  const [, participantId, subjectId] = /\/([^/>]+)>([^>]+)$/.exec(referralId) ?? [];
  return participantId === undefined || subjectId === undefined ? null : { participantId, subjectId };
}

/** Subjects whose past has to stay as it is: a reward or a decision rests on it. */
export function settledSubjects({
  rewards,
  decisions,
  subjectOf,
}: Pick<JournalFacts, 'rewards' | 'decisions' | 'subjectOf'>): ReadonlySet<Id> {
  const rewarded = rewards.map((it) => it.referralId);
  const decided = decisions.flatMap((it) => it.candidates.map((candidate) => candidate.referralId));
  return new Set([...rewarded, ...decided].flatMap((it) => pairOf(it)?.subjectId ?? []).map(subjectOf));
}
