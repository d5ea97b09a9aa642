import { fc, it as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { assignHoldOut, type HoldOutCandidate, holdOutStratum } from './assign-hold-out.ts';
import { accountsNeeded, detectableEffect, holdOutPower } from './detectable-effect.ts';
import { hashUnit } from './hash-unit.ts';

const design = { share: 0.2, seed: '2026', at: 1000, exempt: { fromValue: 900, accountIds: ['account:7'] } };
const candidates = (count: number, strata: number): HoldOutCandidate[] =>
  Array.from({ length: count }, (_, i) => ({ accountId: `account:${i}`, stratum: `s${i % strata}`, value: i }));

describe('hash', () => {
  it('is one number for one text, spread evenly: chi-square of 10 bins under 27.9 (9 degrees, .001)', () => {
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) bins[Math.floor(hashUnit(`seed/account:${i}`) * 10)]! += 1;
    expect(bins.reduce((sum, it) => sum + (it - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
    expect(hashUnit('a')).toBe(hashUnit('a'));
  });
});

describe('hold-out', () => {
  it('strata are segment and class of risk', () => {
    expect([holdOutStratum('small', 0.05), holdOutStratum(null, 0.3)]).toEqual([
      'small, committed',
      'no segment, at risk',
    ]);
  });

  it('holds out its share of each stratum, never key accounts: 200 each in 4 strata, all by hand', () => {
    const arms = assignHoldOut(candidates(800, 4), design);
    const held = arms.filter((it) => it.arm === 'hold-out');
    for (const stratum of ['s0', 's1', 's2', 's3']) {
      const count = held.filter((it) => it.stratum === stratum).length;
      // A fifth of 200; in s3 account 7 is exempt, a fifth of 199 is 39.8.
      expect(stratum === 's3' ? [39, 40] : [40]).toContain(count);
    }
    expect(arms.find((it) => it.accountId === 'account:7')).toMatchObject({ arm: 'exempt', propensity: 1 });
    const keys = assignHoldOut(candidates(1000, 1), design).filter((it) => it.arm === 'exempt');
    expect(keys).toHaveLength(101);
  });

  property.prop([fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 9 }), fc.string()])(
    'does not depend on the order of accounts, and keeps every assignment when more come',
    (count, strata, seed) => {
      const all = candidates(count, strata);
      const of = (list: readonly HoldOutCandidate[]) =>
        new Map(assignHoldOut(list, { ...design, seed }).map((it) => [it.accountId, it.arm]));
      expect(of([...all].reverse())).toEqual(new Map([...of(all)].reverse()));
      const half = assignHoldOut(all.slice(0, count >> 1), { ...design, seed });
      const grown = assignHoldOut(all, { ...design, seed, at: 2000 }, half);
      expect(grown.slice(0, half.length)).toEqual(half);
    },
  );

  it('a book that doubles holds out its share of all: 20 of 100, then 40 of 200, the first 20 among them', () => {
    const plain = { ...design, exempt: { fromValue: null, accountIds: [] } };
    const first = assignHoldOut(candidates(100, 1), plain);
    const grown = assignHoldOut(candidates(200, 1), plain, first);
    const held = (arms: typeof first) => arms.filter((it) => it.arm === 'hold-out').map((it) => it.accountId);
    expect([held(first).length, held(grown).length]).toEqual([20, 40]);
    expect(held(grown)).toEqual(expect.arrayContaining(held(first)));
  });

  it('is drawn by chance, not by id: another seed, another draw; 80 of 400 have a mean place of 199.5, sd 11.5', () => {
    const plain = { ...design, exempt: { fromValue: null, accountIds: [] } };
    const held = (seed: string) =>
      assignHoldOut(candidates(400, 1), { ...plain, seed }).flatMap((it, i) => (it.arm === 'hold-out' ? [i] : []));
    // Chance says that 16 of 80 are in both draws, sd 3.2.
    expect(held('a').filter((it) => held('b').includes(it)).length).toBeLessThan(32);
    const mean = held('a').reduce((sum, it) => sum + it, 0) / 80;
    expect(Math.abs(mean - 199.5)).toBeLessThan(46);
  });

  it('many strata of three still hold out a fifth: 300 accounts, 60 expected, sd 4.9, within 4 sd', () => {
    const held = assignHoldOut(candidates(300, 100), design).filter((it) => it.arm === 'hold-out').length;
    expect(Math.abs(held - 60)).toBeLessThan(20);
  });
});

describe('what a hold-out can show', () => {
  it('10 % against 5 %: 435 in each arm (the usual formula without correction; .95, power .8)', () => {
    // p̄ = .075: (1.959964 sqrt(.13875) + .841621 sqrt(.1375))² / .0025 = 434.4
    expect(accountsNeeded({ baseRate: 0.1, effect: 0.05, holdOutShare: 0.5 })).toEqual({ treated: 435, heldOut: 435 });
  });

  it('the detectable effect is the inverse: 435 in each arm see .05, and not much less', () => {
    const figure = detectableEffect({ baseRate: 0.1, treated: 435, heldOut: 435 });
    expect(figure.value).toBeGreaterThan(0.0498);
    expect(figure.value).toBeLessThan(0.05);
  });

  it('says how many more: 100 held out of 500 against what a fall from 20 to 12 % asks for, by hand', () => {
    // Ratio 4, p̄ = (.2 + 4 x .12) / 5 = .136: (1.959964 sqrt(5 x .136 x .864) + .841621 sqrt(4 x .16 + .1056))² / (4 x .0064)
    // = (1.502316 + .726725)² / .0256 = 194.1
    const power = holdOutPower({ baseRate: 0.2, wantedEffect: 0.08, treated: 400, heldOut: 100 });
    expect(power.needed?.heldOut).toBe(195);
    expect(power.more).toEqual({ treated: power.needed!.treated - 400, heldOut: 95 });
    expect(power.detectable.value).toBeGreaterThan(0.08);
  });

  it('what cannot be shown has a reason', () => {
    expect(detectableEffect({ baseRate: 0.1, treated: 8, heldOut: 2 })).toMatchObject({
      value: null,
      reason: 'even saving every account would not be seen',
    });
    expect(detectableEffect({ baseRate: 0.1, treated: 0, heldOut: 2 }).value).toBeNull();
    expect(detectableEffect({ baseRate: 0, treated: 9, heldOut: 9 }).value).toBeNull();
    expect(accountsNeeded({ baseRate: 0.1, effect: 0.2, holdOutShare: 0.5 })).toBeNull();
  });
});
