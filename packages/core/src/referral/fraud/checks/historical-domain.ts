import { APPEAL, fraudCheck } from '../fraud-check.ts';

/** The participant has referred this domain before, under another record. */
export const historicalDomain = fraudCheck({
  id: 'historical_domain',
  title: 'Historical domain: referred before',
  inputs: ['claim', 'referred', 'earlier', 'digest'],
  from: "the participant's earlier claims; contacts: e-mail; accounts: domain",
  about: 'claim',
  action: 'review',
  severity: 'medium',
  reason: 'fraud_check',
  explanation: 'The participant has referred somebody at this domain before: the same customer may be sold twice.',
  appeal: APPEAL,
  ifWrong: 'Two customers under one domain: accept the claim by hand and say so in the reason.',
  expiresAfterDays: 90,
  find({ claim, referred, earlier, digest }) {
    for (const domain of referred.domains) {
      const others = new Set(earlier?.byDomain.get(domain)?.filter((it) => it !== claim.id));
      const [first] = [...others].sort();
      if (first !== undefined) {
        return { evidence: { earlierClaim: first, claims: others.size, hash: digest(`fraud:domain:${domain}`) } };
      }
    }
    return null;
  },
});
