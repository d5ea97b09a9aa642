import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../test/property-runs.ts';
import {
  type AccountKind,
  convert,
  type ExchangeRate,
  openLedger,
  type Posting,
  percentOf,
  scaleHalfEven,
  splitByWeights,
  type Transaction,
  type TransactionKind,
} from './index.ts';

const RUNS = PROPERTY_RUNS;

function line(kind: AccountKind, of: string, minor: number, currency = 'EUR'): Posting {
  return { account: { kind, of }, money: { minor, currency } };
}

function entry(key: string, kind: TransactionKind, postings: readonly Posting[], at = 1): Transaction {
  return { key, kind, at, reward: null, source: null, rate: null, postings };
}

const accrue = (key: string, minor: number, at = 1) =>
  entry(key, 'accrue', [line('expense', 'prog', minor), line('pending', 'ann', -minor)], at);

describe('the ledger', () => {
  it('hand calculation: accrue 100, hold, release, pay, claw 40 back, net them with the next 70', () => {
    const ledger = openLedger();
    const steps = [
      accrue('a', 10_000),
      entry('b', 'hold', [line('pending', 'ann', 10_000), line('held', 'ann', -10_000)]),
      entry('c', 'release', [line('held', 'ann', 10_000), line('payable', 'ann', -10_000)]),
      entry('d', 'pay', [line('payable', 'ann', 10_000), line('clearing', 'payout', -10_000)]),
      entry('e', 'clawback', [line('receivable', 'ann', 4_000), line('expense', 'prog', -4_000)]),
      accrue('f', 7_000),
      entry('g', 'approve', [line('pending', 'ann', 7_000), line('payable', 'ann', -7_000)]),
    ];
    for (const step of steps) expect(ledger.post(step)).toEqual({ refused: false, outcome: 'posted' });
    expect(ledger.balancesOf('ann')).toEqual([
      { currency: 'EUR', pending: 0, held: 0, payable: 7_000, receivable: 4_000, net: 3_000 },
    ]);
    ledger.post(entry('h', 'net', [line('payable', 'ann', 4_000), line('receivable', 'ann', -4_000)]));
    ledger.post(entry('i', 'pay', [line('payable', 'ann', 3_000), line('clearing', 'payout', -3_000)]));
    expect(ledger.balancesOf('ann')).toEqual([
      { currency: 'EUR', pending: 0, held: 0, payable: 0, receivable: 0, net: 0 },
    ]);
    expect(ledger.balance({ kind: 'expense', of: 'prog' }, 'EUR')).toBe(13_000);
    expect(ledger.balance({ kind: 'clearing', of: 'payout' }, 'EUR')).toBe(-13_000);
    expect([...ledger.transactions()]).toEqual([...steps, ...[...openLedger(ledger.transactions()).transactions(7)]]);
  });

  it('a replay is no new transaction, and a key stands for one content', () => {
    const ledger = openLedger([accrue('a', 5)]);
    expect(ledger.post(accrue('a', 5, 0))).toEqual({ refused: false, outcome: 'known' });
    expect(ledger.post(accrue('a', 6))).toMatchObject({ refused: true, reason: 'key_reused' });
    expect(ledger.size()).toBe(1);
    expect(ledger.has('a')).toBe(true);
    expect(ledger.has('constructor')).toBe(false);
  });

  it.each<[string, Transaction]>([
    ['unbalanced', entry('x', 'accrue', [line('expense', 'p', 5), line('pending', 'ann', -4)])],
    ['unbalanced', entry('x', 'accrue', [line('expense', 'p', 5), line('pending', 'ann', -5, 'USD')])],
    ['not_whole', entry('x', 'accrue', [line('expense', 'p', 0.5), line('pending', 'ann', -0.5)])],
    ['not_whole', entry('x', 'accrue', [line('expense', 'p', 0), line('pending', 'ann', 0)])],
    ['no_postings', entry('x', 'accrue', [])],
    ['no_key', entry('', 'accrue', [line('expense', 'p', 5), line('pending', 'ann', -5)])],
    ['wrong_account', entry('x', 'pay', [line('pending', 'ann', 5), line('clearing', 'payout', -5)])],
    ['overdrawn', entry('x', 'pay', [line('payable', 'ann', 5), line('clearing', 'payout', -5)])],
    ['overdrawn', entry('x', 'adjust', [line('expense', 'p', 5), line('receivable', 'ann', -5)])],
    ['clock_backwards', accrue('x', 5, 0)],
    ['clock_backwards', accrue('x', 5, Number.NaN)],
    ['unknown_kind', entry('x', 'toString' as TransactionKind, [line('expense', 'p', 5), line('pending', 'ann', -5)])],
  ])('refuses %s and holds what it held', (reason, transaction) => {
    const ledger = openLedger([accrue('a', 5)]);
    expect(ledger.post(transaction)).toMatchObject({ refused: true, reason });
    expect(ledger.size()).toBe(1);
    expect(ledger.balancesOf('ann')[0]?.net).toBe(5);
  });

  it('a damaged store is not opened', () => {
    const bad = entry('x', 'accrue', [line('expense', 'p', 5), line('pending', 'ann', -4)]);
    expect(() => openLedger([bad])).toThrow(/damaged/);
  });

  it('fx: each currency balances by itself', () => {
    const rate: ExchangeRate = { from: 'EUR', to: 'USD', value: 1.1, on: '2026-11-02', source: 'ECB' };
    const ledger = openLedger([accrue('a', 1_000)]);
    const move = [
      line('pending', 'ann', 1_000),
      line('fx', 'EUR/USD', -1_000),
      line('fx', 'EUR/USD', 1_100, 'USD'),
      line('pending', 'ann', -1_100, 'USD'),
    ];
    expect(ledger.post({ ...entry('b', 'adjust', move), rate })).toMatchObject({ outcome: 'posted' });
    expect(ledger.balancesOf('ann').map((it) => [it.currency, it.net])).toEqual([
      ['EUR', 0],
      ['USD', 1_100],
    ]);
    expect([...ledger.transactions(1)][0]?.rate).toEqual(rate);
  });

  it('property: whatever is thrown at it, all accounts sum to 0 and balances are the sums of the postings', () => {
    const amount = fc.integer({ min: -50, max: 50 });
    const account = fc.record({
      kind: fc.constantFrom<AccountKind>('expense', 'pending', 'held', 'payable', 'receivable', 'clearing'),
      of: fc.constantFrom('a', 'b'),
    });
    const posting = fc.record({
      account,
      money: fc.record({ minor: amount, currency: fc.constantFrom('EUR', 'JPY') }),
    });
    const balanced = fc.tuple(account, account, fc.integer({ min: 1, max: 50 })).map(([from, to, minor]) => [
      { account: from, money: { minor, currency: 'EUR' } },
      { account: to, money: { minor: -minor, currency: 'EUR' } },
    ]);
    const transaction = fc
      .tuple(fc.integer({ min: 0, max: 30 }), fc.oneof(balanced, fc.array(posting, { maxLength: 3 })))
      .map(([key, postings]) => entry(`k${key}`, 'adjust', postings));
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 40 }), (history) => {
        const ledger = openLedger();
        const taken = new Map<string, Transaction>();
        for (const it of history) {
          const result = ledger.post(it);
          if (!result.refused && result.outcome === 'posted') taken.set(it.key, it);
        }
        const all = [...ledger.transactions()];
        expect(all).toEqual([...taken.values()]);
        for (const party of ['a', 'b']) {
          for (const it of ledger.balancesOf(party)) {
            const of = (kind: string) =>
              all
                .flatMap((one) => one.postings)
                .filter(
                  (one) => one.account.kind === kind && one.account.of === party && one.money.currency === it.currency,
                )
                .reduce((sum, one) => sum + one.money.minor, 0);
            expect(it.net).toBe(0 - of('pending') - of('held') - of('payable') - of('receivable'));
            for (const part of [it.pending, it.held, it.payable, it.receivable]) expect(part).toBeGreaterThanOrEqual(0);
          }
        }
        for (const it of taken.values()) expect(ledger.post(it)).toMatchObject({ outcome: 'known' });
        expect([...openLedger(all).transactions()]).toEqual([...ledger.transactions()]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('whole minor units', () => {
  it('hand calculation: a half goes to the even neighbour, both signs', () => {
    expect([50, 150, 250, 251, -50, -150, -250].map((it) => percentOf(it, 100))).toEqual([0, 2, 2, 3, 0, -2, -2]);
    expect(scaleHalfEven(9_007_199_254_740_991, 9_999, 10_000)).toBe(9_006_298_534_815_517);
    expect(() => scaleHalfEven(1, 1, 0)).toThrow(RangeError);
    expect(() => scaleHalfEven(9_007_199_254_740_991, 2, 1)).toThrow(RangeError);
  });

  it('hand calculation: largest remainder, the first of equals before the next', () => {
    expect(splitByWeights(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(splitByWeights(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(splitByWeights(10, [5_000, 3_000, 2_000])).toEqual([5, 3, 2]);
    expect(splitByWeights(1, [1, 2])).toEqual([0, 1]);
    expect(splitByWeights(7, [0, 1])).toEqual([0, 7]);
    for (const bad of [[], [0, 0], [-1, 2], [0.5]]) expect(() => splitByWeights(1, bad)).toThrow(RangeError);
  });

  it('property: a split sums exactly and is nowhere a whole unit off its share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.maxSafeInteger(), weights, (minor, parts) => {
        const sum = parts.reduce((all, it) => all + it, 0);
        if (sum === 0) return;
        const split = splitByWeights(minor, parts);
        expect(split.reduce((all, it) => all + BigInt(it), 0n)).toBe(BigInt(minor));
        split.forEach((it, i) => {
          const off = BigInt(it) * BigInt(sum) - BigInt(minor) * BigInt(parts[i]!);
          expect(off < BigInt(sum) && off > -BigInt(sum)).toBe(true);
        });
      }),
      { numRuns: RUNS },
    );
  });

  const rate = (from: string, to: string, value: number, on = '2026-11-02'): ExchangeRate => ({
    from,
    to,
    value,
    on,
    source: 'ECB',
  });

  it('hand calculation: conversion is exact by the decimals of the rate, and moves between exponents', () => {
    const to = (minor: number, currency: string, target: string, value: number) => {
      const done = convert({ minor, currency }, target, '2026-11-03', [rate(currency, target, value)]);
      return done.refused ? done.reason : done.money.minor;
    };
    expect(to(5, 'EUR', 'USD', 1.1)).toBe(6); // 5.5
    expect(to(15, 'EUR', 'USD', 1.1)).toBe(16); // 16.5
    expect(to(1_000, 'EUR', 'JPY', 163.45)).toBe(1_634); // 1634.5
    expect(to(1_635, 'JPY', 'EUR', 0.0061)).toBe(997); // 997.35
    expect(to(100_000, 'EUR', 'BHD', 1e-7)).toBe(0); // 0.1
    expect(to(1_234, 'EUR', 'KWD', 0.33)).toBe(4_072); // 4072.2
  });

  it('a missing rate is a refusal: none, too old, later, only the other way round, not a number', () => {
    const table = [
      rate('EUR', 'USD', 1.2, '2026-10-20'),
      rate('EUR', 'USD', 1.3, '2026-11-09'),
      rate('USD', 'EUR', 0.9),
      rate('EUR', 'USD', Number.NaN),
    ];
    const money = { minor: 100, currency: 'EUR' };
    expect(convert(money, 'USD', '2026-11-03', table)).toMatchObject({ refused: true, reason: 'no_rate' });
    expect(convert(money, 'USD', '2026-10-27', table)).toMatchObject({ refused: false, money: { minor: 120 } });
    expect(convert(money, 'USD', '2026-11-10', table)).toMatchObject({ refused: false, money: { minor: 130 } });
    expect(convert(money, 'EUR', '2026-11-10', [])).toMatchObject({ refused: false, money, rate: null });
  });
});
