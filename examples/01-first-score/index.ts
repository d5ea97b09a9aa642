import { scoreAccount } from '@holdfast/core';

const score = scoreAccount({
  model: 'contract',
  daysToDecision: 60,
  renewalNotStarted: 1,
  seatsUsedShare: 0.45,
  daysSinceTouch: 75,
  openUrgentTickets: 1,
  npsLast: 5,
  npsAgeDays: 40,
  recurring: { minor: 2_400_000, currency: 'EUR' },
});
const { healthScore, band, coverage, interval, revenueAtRisk, reasons, nextStep } = score;
console.log({ healthScore, band, coverage, interval, revenueAtRisk, reasons, nextStep });
