import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReferredValue, referralValues, valueOfReferred } from './referral-value.ts';

/** At 10 %: 1,100 / 1.1 + (1,331 - 121) / 1.21 = 2,000; with 500 saved and 300 spent at once 2,200. */
const worth2200: Omit<ReferredValue, 'referrerId' | 'referredId'> = {
  type: 'one',
  share: 10_000,
  years: [
    { year: 1, margin: 1100, keepingCost: 0 },
    { year: 2, margin: 1331, keepingCost: 121 },
  ],
  joined: { year: 0, acquisitionSaved: 500, referralCost: 300 },
};

describe('referral value (Kumar, Petersen, Leone 2010)', () => {
  it('type one by hand: discounted margin less keeping and introduction, plus the acquisition saved', () => {
    expect(valueOfReferred({ ...worth2200, referrerId: 'a', referredId: 'b' }, 0.1)).toBeCloseTo(2200, 9);
  });

  it('type two by hand: only the acquisition saved, 550 a year from now is 500', () => {
    const two = { ...worth2200, type: 'two' as const, joined: { year: 1, acquisitionSaved: 550, referralCost: 300 } };
    expect(valueOfReferred({ ...two, referrerId: 'a', referredId: 'b' }, 0.1)).toBeCloseTo(500, 9);
  });

  it('a chain a, b, c: c counts for b alone; with the chain for a too, which is not added up', () => {
    const rows = [
      { ...worth2200, referrerId: 'a', referredId: 'b' },
      { ...worth2200, referrerId: 'b', referredId: 'c' },
    ];
    const { referrers, total } = referralValues(rows, 0.1);
    expect(total).toBeCloseTo(4400, 9);
    expect(referrers.map((it) => [it.referrerId, Math.round(it.direct), Math.round(it.withChain)])).toEqual([
      ['a', 2200, 4400],
      ['b', 2200, 2200],
    ]);
  });

  it('credit that is split: 40 and 60 hundredths of 2,200 are 880 and 1,320', () => {
    const rows = [
      { ...worth2200, referrerId: 'a', referredId: 'c', share: 4000 },
      { ...worth2200, referrerId: 'b', referredId: 'c', share: 6000 },
    ];
    const { referrers, total } = referralValues(rows, 0.1);
    expect(referrers.map((it) => [it.referrerId, Math.round(it.direct), it.typeOne.count, it.typeTwo.count])).toEqual([
      ['b', 1320, 1, 0],
      ['a', 880, 1, 0],
    ]);
    expect(total).toBeCloseTo(2200, 9);
  });

  it('a circle over two programs ends: it is cut where it was entered', () => {
    const rows = [
      { ...worth2200, referrerId: 'a', referredId: 'b' },
      { ...worth2200, referrerId: 'b', referredId: 'a' },
    ];
    const { referrers, total } = referralValues(rows, 0.1);
    expect(total).toBeCloseTo(4400, 9);
    expect(referrers.map((it) => [it.referrerId, Math.round(it.withChain)])).toEqual([
      ['a', 4400],
      ['b', 2200],
    ]);
  });

  it('nothing is counted twice: the sum is that of the referred parties, and what reaches those whom nobody referred', () => {
    // party i is referred by one or two earlier ones
    const parties = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 10_000 }), fc.nat(900)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(parties, (picks) => {
        const rows = picks.flatMap(([a, b, share, saved], i): ReferredValue[] => {
          const joined = { year: 0, acquisitionSaved: saved, referralCost: 0 };
          const row = (referrer: number, part: number): ReferredValue => {
            return {
              referrerId: `${referrer % (i + 1)}`,
              referredId: `${i + 1}`,
              type: 'two',
              share: part,
              years: [],
              joined,
            };
          };
          return share === 10_000 ? [row(a, share)] : [row(a, share), row(b, 10_000 - share)];
        });
        const { referrers, total } = referralValues(rows, 0.1);
        const sum = picks.reduce((all, [, , , saved]) => all + saved, 0);
        expect(total).toBeCloseTo(sum, 6);
        expect(referrers.find((it) => it.referrerId === '0')?.withChain ?? 0).toBeCloseTo(sum, 6);
      }),
    );
  });
});
