import { formatInstant, type Instant } from '../../model/dates.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import type { FraudSignal } from '../entities/fraud-signal.ts';
import { refuse } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { RefusedClaim, TakenClaim } from './claim-outcome.ts';
import { endOf, mayProtect } from './clocks.ts';
import { findRelation, type Relation } from './existing-relation.ts';
import { recordStep } from './move-claim.ts';
import { placeClaim } from './place-claim.ts';

interface Settling {
  readonly at: Instant;
  readonly actor: string;
  readonly policy: AttributionPolicy;
  readonly relation: Relation;
  readonly signals: readonly FraudSignal[];
}

/**
 * Decides where a claim that passed its guards stands (also one that a person cleared after a review: then without
 * signals): kept out by a protected rival, under review, `influenced` at most, contested, waiting, or accepted with its
 * protection.
 */
export function settleClaim(
  claim: ReferralClaim,
  others: readonly ReferralClaim[],
  settling: Settling,
): TakenClaim | RefusedClaim {
  const { at, actor, policy, relation, signals } = settling;
  const step = (event: string, reason: Parameters<typeof refuse>[0]) => ({ event, at, actor, reason });
  const { event, rival } = placeClaim(claim, others, at);
  if (event === 'block' && rival) {
    const until = formatInstant(rival.protectedUntil ?? at).slice(0, 10);
    const detail = `Protected until ${until} by ${rival.id}. It may be claimed again after that.`;
    const record = recordStep(claim, 'duplicate', step('block', 'earlier_claim_protected'), policy.version);
    return { ...refuse('earlier_claim_protected', detail), claim: record, rivalId: rival.id };
  }
  const taken = (record: ReferralClaim, rest: Partial<TakenClaim> = {}): TakenClaim => ({
    ...{ refused: false, claim: record, changed: true, rival: null, limit: null },
    ...rest,
  });
  const raised = signals.filter((it) => it.action === 'review' && !it.failed && !it.cleared && it.about !== 'reward');
  if (raised.length > 0) {
    const reason = raised.every((it) => it.reason === 'denied') ? 'denied' : 'fraud_check';
    return taken(recordStep(claim, 'under_review', step('review', reason), policy.version));
  }
  const known = findRelation(claim.introducedAt, claim.claimedAt, relation, policy);
  if (known) {
    const record = recordStep(claim, 'influenced', step('note_influence', known), policy.version);
    return taken(record, { limit: refuse(known) });
  }
  if (event === 'contest' && rival) {
    const record = recordStep(claim, 'contested', step('contest', 'contested'), policy.version);
    return taken(record, { rival: recordStep(rival, rival.state, step('contest', 'contested'), policy.version) });
  }
  if (rival) return taken(recordStep(claim, 'queued', step('queue', 'waits_behind_claim'), policy.version), { rival });
  return taken(acceptClaim(claim, step('accept', 'accepted'), policy));
}

/** Accepts a claim and protects it from then on where its evidence may (rule 9). */
export function acceptClaim(
  claim: ReferralClaim,
  step: Parameters<typeof recordStep>[2],
  policy: AttributionPolicy,
): ReferralClaim {
  const accepted = recordStep(claim, 'accepted', step, policy.version);
  return { ...accepted, protectedUntil: mayProtect(claim.evidence) ? endOf(step.at, policy.protectionDays) : null };
}
