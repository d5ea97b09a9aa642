import { fraudCheck } from '../fraud-check.ts';

/** A quarter or more of the participant's won referrals was refunded, from four on. */
export const refundRate = fraudCheck({
  id: 'refund_rate',
  title: 'High refund rate',
  inputs: ['results', 'limits'],
  from: "the participant's sales: won, cancelled, refunded",
  about: 'reward',
  action: 'review',
  severity: 'medium',
  reason: 'fraud_check',
  explanation: 'An unusual share of what came through this participant was given back.',
  appeal: 'The participant asks the owner of the program to look at the refunds one by one.',
  ifWrong: 'The cause lies with the product: approve the reward by hand and say so.',
  expiresAfterDays: 90,
  find({ results, limits }) {
    if (!results || results.won < limits.refundRateFromWon) return null;
    const { won, refunded } = results;
    return refunded >= limits.refundRate * won && refunded > 0 ? { evidence: { won, refunded } } : null;
  },
});
