import { fraudCheck } from '../fraud-check.ts';

/** A reward above the program's limit needs a person's approval; the limit itself does not. */
export const amountAboveLimit = fraudCheck({
  id: 'amount_above_limit',
  title: 'Amount above the limit',
  inputs: ['program', 'reward'],
  from: "the reward's amount and the program's approvalAbove",
  about: 'reward',
  action: 'hold',
  severity: 'low',
  reason: 'needs_approval',
  explanation: 'The reward is above the amount that is approved without a person.',
  appeal: 'Nothing to appeal: a person approves it or says why not.',
  ifWrong: 'Approve it, or raise the limit of the program.',
  expiresAfterDays: 365,
  find({ program, reward }) {
    if (!reward || program.approvalAbove === null) return null;
    const { minor, currency } = reward.amount;
    // Cannot be compared: counts as a check that failed, so that a person looks.
    if (currency !== program.currency) throw new RangeError('The reward is not in the currency of the program.');
    return minor > program.approvalAbove ? { evidence: { minor, limit: program.approvalAbove, currency } } : null;
  },
});
