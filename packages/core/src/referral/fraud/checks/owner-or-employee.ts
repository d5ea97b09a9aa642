import { fraudCheck } from '../fraud-check.ts';
import { shared } from '../identity/identity-keys.ts';

/** The referrer sells for the house: looks after the account, works on the opportunity, or is employed. Recognition, no cash. */
export const ownerOrEmployee = fraudCheck({
  id: 'owner_or_employee',
  title: 'Referrer owns or works on the sale',
  inputs: ['participant', 'referrer', 'sellers', 'digest'],
  from: "the participant's role; owners: e-mail, active; the owner of account, contact and opportunity; contacts: e-mail; accounts: domain",
  about: 'reward',
  action: 'block_cash',
  severity: 'medium',
  reason: 'not_eligible_for_reward',
  explanation: 'The referrer works for the seller or looks after this sale: recognition is allowed, cash is not.',
  appeal: 'The participant shows that they do not work for the seller; the owner of the program corrects their role.',
  ifWrong: "Correct the participant's role or the owner of the record.",
  expiresAfterDays: 365,
  find({ participant, referrer, sellers, digest }) {
    const { role } = participant;
    if (role === 'account_manager' || role === 'employee') return { evidence: { matched: 'role', role } };
    for (const owner of sellers.owners) {
      const contactId = shared(referrer.contactIds, owner.contactIds);
      if (contactId) return { evidence: { matched: 'owner', contactId } };
      const email = shared(referrer.emails, owner.emails);
      if (email) return { evidence: { matched: 'owner_email', hash: digest(`fraud:email:${email}`) } };
    }
    const domain = shared(referrer.domains, sellers.domains);
    return domain ? { evidence: { matched: 'seller_domain', hash: digest(`fraud:domain:${domain}`) } } : null;
  },
});
