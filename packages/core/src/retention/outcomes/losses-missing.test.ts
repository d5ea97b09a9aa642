import { describe, expect, it } from 'vitest';
import { lossesMissing, type SurvivorshipEvidence, type YearOfDecisions } from './losses-missing.ts';

const year = (n: number, decisions: number, lost: number, model: YearOfDecisions['model'] = 'contract') => ({
  model,
  year: n,
  decisions,
  lost,
  usual: 0.11 * decisions,
});
const evidence = (set: Partial<SurvivorshipEvidence>): SurvivorshipEvidence => ({
  years: [],
  purchases: 1_000,
  dangling: 0,
  homeless: 0,
  deletedAccounts: 0,
  cohorts: [],
  ...set,
});
const missing = (set: Partial<SurvivorshipEvidence>) => lossesMissing(evidence(set)).missing;

describe('rule 12: customers who left and were purged', () => {
  it('purchases whose account is gone: from 10 of them and over 1 %', () => {
    expect(missing({ dangling: 9, purchases: 100 })).toBe(false);
    expect(missing({ dangling: 10, purchases: 990 })).toBe(false);
    expect(lossesMissing(evidence({ dangling: 12, purchases: 88, deletedAccounts: 4 }))).toEqual({
      missing: true,
      reasons: [
        '12 of 100 purchases belong to accounts that are no longer in the book; accounts known to have been deleted: 4',
      ],
    });
  });

  it('purchases of no account at all: over 5 %, since some are always entered so', () => {
    expect(missing({ homeless: 50, purchases: 950 })).toBe(false);
    expect(missing({ homeless: 60, purchases: 940 })).toBe(true);
  });

  it('deleted accounts alone say nothing: tidying up is no purge of customers', () => {
    expect(missing({ deletedAccounts: 500 })).toBe(false);
  });

  it('no loss at all: (1 - .11/3)^n is below .001 from n = 185', () => {
    expect(missing({ years: [year(2024, 184, 0)] })).toBe(false);
    expect(lossesMissing(evidence({ years: [year(2024, 100, 0), year(2025, 85, 0)] })).reasons).toEqual([
      'not one of 185 contract decisions was a loss, where 20 would be usual',
    ]);
    expect(missing({ years: [year(2024, 1_000, 1)] })).toBe(false);
  });

  it('the two models are judged apart', () => {
    expect(missing({ years: [year(2024, 300, 30), year(2024, 300, 0, 'orders')] })).toBe(true);
  });

  it('early years from which the losses were taken out, beside a year that has them', () => {
    const told = lossesMissing(evidence({ years: [year(2023, 300, 2), year(2024, 300, 31), year(2025, 300, 29)] }));
    expect(told.reasons).toEqual(['2 of 300 decisions of 2023 were losses, where the later years lead to expect 30']);
    // Of four losses at equal rates none falls into the 400 decisions with .2^4 = .0016, of five with .2^5 = .0003.
    expect(missing({ years: [year(2024, 400, 0), year(2025, 100, 4)] })).toBe(false);
    expect(missing({ years: [year(2024, 400, 0), year(2025, 100, 5)] })).toBe(true);
    expect(missing({ years: [year(2023, 300, 18), year(2024, 300, 31), year(2025, 300, 29)] })).toBe(false);
  });

  it('a year’s newcomers of whom nobody was ever lost', () => {
    const cohorts = [
      { year: 2019, accounts: 60, lost: 0 },
      { year: 2020, accounts: 100, lost: 20 },
      { year: 2021, accounts: 100, lost: 22 },
    ];
    expect(missing({ cohorts })).toBe(true);
    // (1 - 42/200)^20 = .009: may be luck.
    expect(missing({ cohorts: [{ year: 2019, accounts: 20, lost: 0 }, ...cohorts.slice(1)] })).toBe(false);
  });

  it('a small book says nothing', () => {
    expect(missing({ purchases: 5, years: [year(2025, 12, 0)] })).toBe(false);
  });
});
