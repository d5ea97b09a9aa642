import { type Merge, mergeClaims, repoint } from '../attribution/merge-claims.ts';
import { claimId } from '../claims/open-claim.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { mergeAddedPrograms } from './added-programs.ts';
import { mergeClaimNotes } from './check-notes.ts';
import { countAgain, doubtsOn, mergeDenials } from './denials.ts';
import { dropClaim, type EngineState, putClaim } from './engine-state.ts';
import { reviewDenied } from './review-denied.ts';

/** Points claims at the record that is left, with all that is noted of them; those of one participant on one party become one. */
export function moveClaims(state: EngineState, claims: readonly ReferralClaim[], merge: Merge): void {
  const doubted = claims.map((claim) => ({ claim, doubts: doubtsOn(state, claim) }));
  for (const claim of claims) dropClaim(state, claim);
  const idNow = (claim: ReferralClaim) => {
    const { programId, participantId, subjectId } = repoint(claim, merge);
    return claimId(programId, participantId, subjectId);
  };
  for (const claim of claims) mergeClaimNotes(state, claim, idNow(claim));
  if (namesLost(state, merge)) mergeDenials(state);
  // what was lifted for one of two claims was not for the other
  for (const { claim, doubts } of doubted) countAgain(state, idNow(claim), doubts);
  mergeAddedPrograms(state, merge.loserId, merge.survivorId);
  for (const claim of mergeClaims(claims, merge)) {
    putClaim(state, claim);
    reviewDenied(state, claim, { at: merge.at, by: merge.id });
  }
}

function namesLost({ denials }: EngineState, { loserId }: Merge): boolean {
  for (const all of denials.values()) {
    if (all.some((it) => it.advocateId === loserId || it.partyIds.includes(loserId))) return true;
  }
  return false;
}
