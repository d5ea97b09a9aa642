import { APPEAL, fraudCheck, IF_WRONG } from '../fraud-check.ts';
import { shared } from '../identity/identity-keys.ts';

/** Referrer and referred work at the same place: refused where the account is the same, looked at where only the domain is. */
export const selfSameDomain = fraudCheck({
  id: 'self_same_domain',
  title: 'Self: same domain as the referrer',
  inputs: ['claim', 'referrer', 'referred', 'digest'],
  from: 'contacts: e-mail, primary account; accounts: domain',
  about: 'claim',
  action: 'review',
  severity: 'medium',
  reason: 'fraud_check',
  explanation: 'Referrer and referred share a domain, so they may be one customer under two records.',
  appeal: APPEAL,
  ifWrong: IF_WRONG,
  expiresAfterDays: 90,
  find({ claim, referrer, referred, digest }) {
    const accountId =
      shared(referrer.accountIds, referred.accountIds) ??
      (claim.referrerAccountId === claim.subjectId ? claim.subjectId : null);
    if (accountId) {
      const explanation = 'Referrer and referred belong to the same account.';
      return { action: 'block', severity: 'high', reason: 'self_referral', explanation, evidence: { accountId } };
    }
    const domain = shared(referrer.domains, referred.domains);
    return domain ? { evidence: { hash: digest(`fraud:domain:${domain}`) } } : null;
  },
});
