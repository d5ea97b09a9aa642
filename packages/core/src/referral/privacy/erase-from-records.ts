import type { AttributionDecision } from '../entities/attribution-decision.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import type { Reward } from '../entities/reward.ts';
import type { ErasureRules } from './erasure-rules.ts';
import { restrictPayee } from './payee-vault.ts';
import type { ReferralRecords } from './referral-records.ts';
import { stripSignal } from './strip-signal.ts';

const OWED: ReadonlySet<Reward['state']> = new Set([
  'pending',
  'earned',
  'held',
  'approved',
  'payable',
  'review_required',
]);

/** The records without an erased person; what is untouched stays the same object. */
export function eraseFromRecords(
  records: ReferralRecords,
  rules: ErasureRules,
  vaultDays: number,
): Omit<ReferralRecords, 'events'> {
  const claims = records.claims.filter((it) => !rules.gone.has(it.id));
  const touched = new Set(claims.filter((it) => concerns(it, rules)).map((it) => it.id));
  return {
    participants: records.participants.filter((it) => rules.keepsParticipant(it.id)),
    claims: claims.map((it) => stripClaim(it, rules)),
    touches: records.touches
      .filter((it) => rules.keepsPair(it.participantId, it.subjectId))
      .map((it) => (rules.isErased(it.sourceId) ? { ...it, sourceId: null } : it)),
    codes: records.codes.filter((it) => !rules.isErased(it.participantId)),
    vault: eraseFromVault(records, rules, vaultDays),
    decisions: records.decisions.map((it) => scrubDecision(it, rules)),
    signals: records.signals
      .filter((it) => !rules.gone.has(it.referralId) && rules.keepsParticipant(it.participantId))
      .map((it) => ({ ...it, signal: stripSignal(it.signal, touched.has(it.referralId), rules) })),
    rewards: records.rewards,
  };
}

/** Whether the erased person takes part in a claim. */
export function concerns(
  {
    participantId,
    subjectId,
    referredContactId,
  }: Pick<ReferralClaim, 'participantId' | 'subjectId' | 'referredContactId'>,
  { isErased }: Pick<ErasureRules, 'isErased'>,
): boolean {
  return isErased(participantId) || isErased(subjectId) || isErased(referredContactId);
}

function stripClaim(claim: ReferralClaim, { isErased, scrub }: ErasureRules): ReferralClaim {
  const history = claim.history.map((it) => {
    const actor = scrub(it.actor);
    return actor === it.actor ? it : { ...it, actor };
  });
  const same = history.every((it, index) => it === claim.history[index]) && !isErased(claim.referredContactId);
  const referredContactId = isErased(claim.referredContactId) ? null : claim.referredContactId;
  return same ? claim : { ...claim, referredContactId, history };
}

function eraseFromVault({ vault, rewards }: ReferralRecords, { isErased, at }: ErasureRules, days: number) {
  const owed = new Set(rewards.filter((it) => isOwed(it)).map((it) => it.beneficiary.partyId));
  return vault.flatMap((it) =>
    isErased(it.participantId) ? (restrictPayee(it, owed.has(it.participantId), at, days) ?? []) : it,
  );
}

function isOwed({ state, beneficiary }: Reward): boolean {
  return beneficiary.role === 'referrer' && OWED.has(state);
}

function scrubDecision(decision: AttributionDecision, { scrub }: ErasureRules): AttributionDecision {
  const { override } = decision;
  if (!override) return decision;
  const { by, approvedBy, why } = override;
  const scrubbed = { by: scrub(by), approvedBy: approvedBy === null ? null : scrub(approvedBy), why: scrub(why) };
  return { ...decision, override: scrubbed };
}
