import { APPEAL, fraudCheck } from '../fraud-check.ts';

/** The referred party itself led to the referrer, in one step or more. Refused in one program, looked at across programs. */
export const loop = fraudCheck({
  id: 'loop',
  title: 'Loop: A to B and back to A',
  inputs: ['claim', 'participant', 'referrer', 'closesLoop', 'closesLoopAcross'],
  from: 'the claims in the journal',
  about: 'claim',
  action: 'block',
  severity: 'high',
  reason: 'loop',
  explanation: 'The referred party is among those who led to the referrer: a circle of referrals.',
  appeal: APPEAL,
  ifWrong: 'Correct or withdraw the earlier referral that is wrong, then submit the claim again.',
  expiresAfterDays: 365,
  find({ claim, participant, referrer, closesLoop, closesLoopAcross }) {
    const parties = new Set([...referrer.accountIds, ...(claim.referrerAccountId ? [claim.referrerAccountId] : [])]);
    if (parties.size === 0) parties.add(participant.id);
    // A party that refers itself is another check's case.
    parties.delete(claim.subjectId);
    for (const partyId of parties) {
      const evidence = { partyId, subjectId: claim.subjectId };
      if (closesLoop?.(partyId, claim.subjectId)) return { evidence };
      if (!closesLoopAcross?.(partyId, claim.subjectId)) continue;
      const explanation = 'Over several programs, the referred party is among those who led to the referrer.';
      return { evidence, action: 'review', severity: 'medium', reason: 'fraud_check', explanation };
    }
    return null;
  },
});
