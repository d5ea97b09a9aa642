import { describe, expect, it } from 'vitest';
import { anAccount, anOrder, eur, profile, recordsOf } from '../../../test/records.ts';
import { dayFromNumber } from '../../model/dates.ts';
import type { Account } from '../../model/types.ts';
import { readDecisions } from './read-decisions.ts';

/** Windows of 90 days begin on day numbers that 90 divides: day 18,000 (2019-04-14), 18,090, 18,180 ... */
const day = (number: number) => dayFromNumber(number);
const decide = (orderedOn: readonly number[], on: number, account: Partial<Account> = {}, options = {}) =>
  readDecisions(
    recordsOf({
      account: anAccount(account),
      orders: orderedOn.map((it, i) => anOrder({ id: `order:${i}`, orderedOn: day(it), amount: eur(100) })),
    }),
    profile,
    day(on),
    options,
  );

describe('rule 7: windows of order-based accounts', () => {
  it('stand side by side on one grid; lost is no order in the window, nor in the 60 days of grace after it', () => {
    expect(day(18_000)).toBe('2019-04-14');
    expect(decide([17_950, 18_050], 18_240)).toEqual([
      expect.objectContaining({
        model: 'orders',
        startsOn: day(18_000),
        endsOn: day(18_089),
        decidesOn: day(18_089),
        horizonDays: 90,
        outcome: 'kept',
        knownOn: day(18_150),
        annualBefore: eur(100),
        dates: { noticeOn: null, endOfTermOn: null, lastPaymentOn: null },
      }),
      expect.objectContaining({
        startsOn: day(18_090),
        outcome: 'lost',
        knownOn: day(18_240),
        annualBefore: eur(200),
        annualAfter: eur(0),
        dates: { noticeOn: null, endOfTermOn: null, lastPaymentOn: day(18_050) },
      }),
    ]);
    expect(decide([17_950, 18_050], 18_239)[1]).toMatchObject({ outcome: 'pending', knownOn: null });
  });

  it('rule 4: a late order, within the days of grace, is a pause and no loss; without grace it is one', () => {
    expect(decide([17_999, 18_149], 18_150)[0]).toMatchObject({ startsOn: day(18_000), outcome: 'kept' });
    expect(decide([17_999, 18_150], 18_150)[0]).toMatchObject({ startsOn: day(18_000), outcome: 'lost' });
    expect(decide([17_999, 18_090], 18_090, {}, { graceDays: 0 })[0]?.outcome).toBe('lost');
  });

  it('the grid does not move with the day of asking', () => {
    const starts = (on: number) => decide([17_950], on).map((it) => it.startsOn);
    expect(starts(18_100)).toEqual(starts(18_179));
  });

  it('an order on the first or the last day of a window counts in it', () => {
    const at = (ordered: number) => decide([17_999, ordered], 18_090, {}, { graceDays: 0 }).map((it) => it.outcome);
    expect(at(18_000)).toEqual(['kept', 'pending']);
    expect(at(18_089)).toEqual(['kept', 'pending']);
    expect(at(18_090)).toEqual(['lost']);
  });

  it('an account that stopped is lost once, not again in every window after; with its next order it takes part anew', () => {
    expect(decide([17_995], 19_000).map((it) => [it.startsOn, it.outcome])).toEqual([[day(18_000), 'lost']]);
    expect(decide([17_995, 18_300], 19_000).map((it) => [it.startsOn, it.outcome])).toEqual([
      [day(18_000), 'lost'],
      [day(18_360), 'lost'],
    ]);
  });

  it('a customer who orders again after a lost window came back on that day', () => {
    expect(decide([17_995, 18_160], 18_180)[0]).toMatchObject({ outcome: 'lost', reactivatedOn: day(18_160) });
  });

  it('windows after the account was marked churned are none, until it orders again', () => {
    const churned = { churnedOn: day(18_010) };
    expect(decide([17_995], 18_400, churned).map((it) => it.startsOn)).toEqual([day(18_000)]);
    expect(decide([17_995, 18_200], 18_420, churned).map((it) => [it.startsOn, it.outcome])).toEqual([
      [day(18_000), 'lost'],
      [day(18_270), 'lost'],
    ]);
  });

  it('cancelled orders are none; the length of the window can be asked for', () => {
    const orders = [
      anOrder({ orderedOn: day(17_950) }),
      anOrder({ id: 'order:2', orderedOn: day(18_010), status: 'void' }),
    ];
    expect(readDecisions(recordsOf({ orders }), profile, day(18_150))[0]?.outcome).toBe('lost');
    expect(decide([17_998], 18_060, {}, { ordersHorizonDays: 30 }).map((it) => [it.horizonDays, it.endsOn])).toEqual([
      [30, day(18_029)],
    ]);
  });

  it('a cause from outside belongs to the end, not to a pause long before', () => {
    const named = {
      ...profile,
      book: { ...profile.book, lifecycles: { ...profile.book.lifecycles, bankrupt: 'other' as const } },
      outcomes: { causes: { bankrupt: 'insolvency' as const } },
    };
    const orders = [17_950, 18_160].map((it, i) => anOrder({ id: `order:${i}`, orderedOn: day(it) }));
    const records = recordsOf({ account: anAccount({ lifecycle: 'bankrupt' }), orders });
    expect(readDecisions(records, named, day(18_330)).map((it) => [it.outcome, it.cause])).toEqual([
      ['lost', null],
      ['competing', 'insolvency'],
    ]);
  });
});
