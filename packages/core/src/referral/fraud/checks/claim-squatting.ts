import { fraudCheck } from '../fraud-check.ts';

/** Too many claims without progress, or a lapsed claim made again without newer evidence (rule 9). */
export const claimSquatting = fraudCheck({
  id: 'claim_squatting',
  title: 'Claim squatting',
  inputs: ['program', 'openClaims', 'lapsed'],
  from: "states of the participant's claims in the journal",
  about: 'claim',
  action: 'block',
  severity: 'medium',
  reason: 'too_many_open_claims',
  explanation: 'The participant already holds as many claims without progress as the program allows.',
  appeal: 'The participant follows up on open introductions; each step that the CRM records frees a place.',
  ifWrong: 'Raise the number in the policy, or withdraw claims that are dead.',
  expiresAfterDays: 30,
  find({ program, openClaims, lapsed }) {
    if (lapsed && lapsed.newestEvidenceAt <= lapsed.lapsedAt) {
      const explanation = 'A claim on this party lapsed, and nothing new has happened since: it is not renewed.';
      return { reason: 'no_new_evidence', explanation, evidence: { lapsedClaim: lapsed.referralId } };
    }
    const limit = program.policy.openClaimsPerParticipant;
    return openClaims !== null && openClaims >= limit ? { evidence: { openClaims, limit } } : null;
  },
});
