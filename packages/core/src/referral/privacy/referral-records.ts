import type { Id } from '../../model/ids.ts';
import type { ReferralCode } from '../claims/referral-code.ts';
import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import type { Participant } from '../entities/participant.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import type { Reward } from '../entities/reward.ts';
import type { Touch } from '../entities/touch.ts';
import type { PayeeVaultEntry } from './payee-vault.ts';

/** Everything about referrals that a workspace keeps. The ledger is not here: it holds opaque keys and never changes. */
export interface ReferralRecords {
  readonly participants: readonly Participant[];
  readonly claims: readonly ReferralClaim[];
  readonly touches: readonly Touch[];
  readonly codes: readonly ReferralCode[];
  readonly vault: readonly PayeeVaultEntry[];
  readonly decisions: readonly AttributionDecision[];
  readonly signals: readonly RaisedSignal[];
  readonly rewards: readonly Reward[];
  /** The journal, in the order in which it was taken down. */
  readonly events: readonly ReferralEvent[];
}

/** A signal with what it was raised about. */
export interface RaisedSignal {
  readonly key: string;
  readonly referralId: string;
  readonly participantId: Id;
  readonly signal: FraudSignal;
}

/** Subjects whose past has to stay as it is: a reward or a decision rests on it. */
export function settledSubjects({
  claims,
  rewards,
  decisions,
}: Pick<ReferralRecords, 'claims' | 'rewards' | 'decisions'>): ReadonlySet<Id> {
  const rewarded = new Set(rewards.map((it) => it.referralId));
  const decided = new Set(decisions.flatMap((it) => it.candidates.map((candidate) => candidate.referralId)));
  return new Set(claims.filter((it) => rewarded.has(it.id) || decided.has(it.id)).map((it) => it.subjectId));
}
