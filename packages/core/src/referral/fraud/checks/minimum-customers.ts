import { fraudCheck } from '../fraud-check.ts';

/** Too few of those whom the participant referred are customers now: the payout waits. Looks at rewards only. */
export const minimumCustomers = fraudCheck({
  id: 'minimum_customers',
  title: 'Minimum of active customers before a payout',
  inputs: ['reward', 'activeCustomers', 'limits'],
  from: "states of the participant's claims",
  about: 'reward',
  action: 'wait',
  severity: 'low',
  reason: 'fraud_check',
  explanation: 'Fewer of the referred accounts are customers than the program asks for before it pays.',
  appeal: 'Nothing to appeal: the reward is paid once enough referred accounts are customers.',
  ifWrong: 'Correct which accounts are customers, or lower the limit.',
  expiresAfterDays: 90,
  find({ reward, activeCustomers, limits }) {
    if (!reward || activeCustomers === null || activeCustomers >= limits.activeCustomers) return null;
    return { evidence: { activeCustomers, limit: limits.activeCustomers } };
  },
});
