import { describe, expect, it } from 'vitest';
import { acquisitionCost, acquisitionCostRatio, magicNumber, paybackMonths } from './acquisition.ts';

const months = [
  { month: '2025-11', spend: 10_000, newAccounts: 0, newAnnual: 0 },
  { month: '2025-12', spend: 20_000, newAccounts: 1, newAnnual: 9_000 },
  { month: '2026-01', spend: 99_000, newAccounts: 2, newAnnual: 8_000 },
  { month: '2026-02', spend: 99_000, newAccounts: 3, newAnnual: 12_000 },
];
const window = { from: '2026-01', to: '2026-02', lagMonths: 2 };

describe('what winning accounts costs, by hand', () => {
  it('CAC with a sales cycle of two months: (10,000 + 20,000) / 5 = 6,000; ratio 30,000 / 20,000 = 1.5', () => {
    expect(acquisitionCost(months, window)).toEqual({ value: 6000, n: 5, reason: null });
    expect(acquisitionCostRatio(months, window).value).toBe(1.5);
  });

  it('a month without a record of spend is not a month of 0', () => {
    expect(acquisitionCost(months, { ...window, lagMonths: 3 })).toMatchObject({ value: null, n: 5 });
    expect(acquisitionCost(months, { from: '2025-11', to: '2025-11', lagMonths: 0 })).toMatchObject({
      value: null,
      reason: 'no account was won',
    });
  });

  it('payback 6,000 / (500 x .8) = 15 months; without margin never', () => {
    const cost = acquisitionCost(months, window);
    expect(paybackMonths(cost, 500, 0.8).value).toBe(15);
    expect(paybackMonths(cost, 500, 0).value).toBeNull();
  });

  it('magic number 4 x (130 - 100) / 80 = 1.5', () => {
    expect(magicNumber(130, 100, 80).value).toBe(1.5);
    expect(magicNumber(130, 100, 0).value).toBeNull();
  });
});
