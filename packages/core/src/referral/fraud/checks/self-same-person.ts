import { APPEAL, fraudCheck } from '../fraud-check.ts';
import { shared } from '../identity/identity-keys.ts';

/** Referrer and referred are one person: same contact, same mailbox, same telephone. Refused. */
export const selfSamePerson = fraudCheck({
  id: 'self_same_person',
  title: 'Self: same person',
  inputs: ['referrer', 'referred', 'digest'],
  from: 'contacts: id, e-mail (no CRM field for telephones is read)',
  about: 'claim',
  action: 'block',
  severity: 'high',
  reason: 'self_referral',
  explanation:
    'Referrer and referred are the same person: the contact, the mailbox or the telephone number is the same.',
  appeal: APPEAL,
  ifWrong: 'A number or mailbox that colleagues share: correct it on the contact, then submit the claim again.',
  expiresAfterDays: 365,
  find({ referrer, referred, digest }) {
    const contactId = shared(referrer.contactIds, referred.contactIds);
    if (contactId) return { evidence: { matched: 'contact', contactId } };
    const email = shared(referrer.emails, referred.emails);
    if (email) return { evidence: { matched: 'email', hash: digest(`fraud:email:${email}`) } };
    const phone = shared(referrer.phones, referred.phones);
    return phone ? { evidence: { matched: 'phone', hash: digest(`fraud:phone:${phone}`) } } : null;
  },
});
