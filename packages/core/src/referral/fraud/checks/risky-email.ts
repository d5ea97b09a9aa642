import { APPEAL, fraudCheck } from '../fraud-check.ts';
import { riskyMailHost } from '../identity/mail-domains.ts';

/** An address of either side is disposable, or hides behind a relay. Only told. */
export const riskyEmail = fraudCheck({
  id: 'risky_email',
  title: 'Disposable or relayed e-mail',
  inputs: ['referrer', 'referred'],
  from: 'contacts: e-mail',
  about: 'claim',
  action: 'flag',
  severity: 'low',
  reason: 'fraud_check',
  explanation: 'An address is disposable or hides the mailbox behind it, so the person is hard to tell apart.',
  appeal: APPEAL,
  ifWrong: 'Nothing: a relay is a fair choice. Ask for an address at work before anything is paid.',
  expiresAfterDays: 30,
  find({ referrer, referred }) {
    for (const [side, { emails }] of [
      ['referred', referred],
      ['referrer', referrer],
    ] as const) {
      for (const email of emails) {
        const kind = riskyMailHost(email.slice(email.lastIndexOf('@') + 1));
        if (kind) return { evidence: { side, kind } };
      }
    }
    return null;
  },
});
