import { describe, expect, it } from 'vitest';
import {
  aContact,
  aContract,
  aLink,
  anAccount,
  anOpportunity,
  anOrder,
  aRole,
  aTicket,
  at,
  aUsage,
  eur,
  profile,
  recordsOf,
} from '../../test/records.ts';
import { buildBookIndexes } from './book-indexes.ts';
import { currentEnd, isLapsed } from './contract-state.ts';
import { convertMoney, sumMoney } from './convert-money.ts';
import { addCounts, countIssues } from './integrity.ts';
import { opportunityKind, stageMeaning } from './opportunity-meaning.ts';

describe('money in the org’s currency', () => {
  it('uses the profile’s rate with its day: 10.00 USD x 0.9 = 9.00 EUR', () => {
    expect(convertMoney({ minor: 1000, currency: 'USD' }, profile)).toEqual({
      money: { minor: 900, currency: 'EUR' },
      rateOn: '2026-06-01',
      reason: null,
    });
  });

  it('minds minor units: 5,000 JPY x 0.006 = 30.00 EUR', () => {
    expect(convertMoney({ minor: 5000, currency: 'JPY' }, profile).money).toEqual({ minor: 3000, currency: 'EUR' });
  });

  it('a missing rate is null with its reason, and so is a sum with one', () => {
    const swiss = { minor: 1, currency: 'CHF' };
    expect(convertMoney(swiss, profile)).toMatchObject({ money: null, reason: 'no rate for CHF' });
    expect(sumMoney([eur(1), swiss], profile).money).toBeNull();
    expect(sumMoney([eur(1), { minor: 1000, currency: 'USD' }], profile).money).toEqual(eur(10));
    expect(sumMoney([], profile).reason).toBe('no amounts');
  });
});

describe('words of the profile', () => {
  it('reads a stage by pipeline and stage, or alone where there are no pipelines; type wins over pipeline', () => {
    expect(stageMeaning({ pipeline: 'renewals', stage: 'signed' }, profile)).toBe('won');
    expect(stageMeaning({ pipeline: 'renewals', stage: 'gone' }, profile)).toBeNull();
    expect(stageMeaning({ pipeline: null, stage: 'gone' }, profile)).toBe('lost');
    expect(opportunityKind({ pipeline: 'renewals', type: 'more' }, profile)).toBe('expansion');
    expect(opportunityKind({ pipeline: 'renewals', type: null }, profile)).toBe('renewal');
    expect(opportunityKind({ pipeline: null, type: null }, profile)).toBeNull();
  });
});

describe('contracts that renew themselves', () => {
  it('move on by whole terms: a year of 365 days to 2025-12-31 ends on 2026-12-31 as seen in June 2026', () => {
    const contract = aContract({ startsOn: '2025-01-01', endsOn: '2025-12-31', autoRenews: true });
    expect(currentEnd(contract, '2026-06-01')).toBe('2026-12-31');
    expect(currentEnd({ ...contract, autoRenews: false }, '2026-06-01')).toBe('2025-12-31');
  });
});

describe('book-wide indexes', () => {
  const rows = {
    accounts: [
      anAccount({ id: 'account:1', domain: 'alder.example', churnedOn: '2026-01-01' }),
      anAccount({ id: 'account:2', domain: 'www.alder.example' }),
      anAccount({ id: 'account:3', name: 'Birch-Works', noticeGivenOn: '2026-07-01' }),
      anAccount({ id: 'account:4', name: 'birch works' }),
    ],
    parents: [{ id: 'p:1', createdAt: null, updatedAt: null, childId: 'account:2', parentId: 'account:1' }],
    contacts: [
      aContact({ id: 'contact:1' }),
      aContact({ id: 'contact:2', referredById: 'contact:3' }),
      aContact({ id: 'contact:3' }),
    ],
    roles: [aRole('contact:1', 'account:1'), aRole('contact:2', 'account:2'), aRole('contact:3', 'account:3')],
    opportunities: [anOpportunity({ accountId: 'account:4', referredById: 'contact:1' })],
    links: [
      aLink('contact:1', 'contact:2', '2026-01-01'),
      aLink('contact:3', 'account:1', '2026-01-01'),
      aLink('account:4', 'account:3', '2026-01-01'),
    ],
    counts: { ticket: 3, order: 0 },
  };
  const built = buildBookIndexes(rows, profile, at('2026-06-01'));

  it('know parents, what the book holds, who left and who introduced whom', () => {
    expect(built.parents.get('account:2')).toBe('account:1');
    expect([...built.holds]).toEqual(['ticket']);
    expect([...built.leaving]).toEqual(['account:1']);
    expect(built.referrers.get('account:2')).toEqual(['account:1', 'account:3']);
    expect(built.referrers.get('account:4')).toEqual(['account:1']);
    // a CRM may say only which company was introduced, or introduced
    expect(built.referrers.get('account:1')).toEqual(['account:3']);
    expect(built.referrers.get('account:3')).toEqual(['account:4']);
  });

  it('propose duplicates by domain, or by name where neither has one', () => {
    expect(built.duplicates.get('account:1')).toEqual(['account:2']);
    expect(built.duplicates.get('account:4')).toEqual(['account:3']);
  });
});

describe('integrity', () => {
  it('counts records that contradict themselves', () => {
    const counts = countIssues(
      recordsOf({
        orders: [anOrder({ orderedOn: '2026-02-01', shippedOn: '2026-01-01', amount: eur(-1) }), anOrder()],
        tickets: [aTicket({ openedAt: 5, closedAt: 4 }), aTicket()],
        contracts: [aContract({ endsOn: '2025-01-01' })],
        usage: [aUsage({ seatsBought: 5, seatsUsed: 6 })],
      }),
    );
    expect(counts).toEqual({
      'order shipped before it was ordered': 1,
      'order without a day': 1,
      'negative amount': 1,
      'ticket closed before it was opened': 1,
      'ticket without an opening time': 1,
      'contract ends before it starts': 1,
      'more seats used than bought': 1,
    });
    expect(addCounts([counts, counts])['negative amount']).toBe(2);
  });
});

describe('a lapsed account', () => {
  const today = '2026-06-01';
  const over = aContract({ startsOn: '2025-01-01', endsOn: '2025-12-31' });

  it('had a contract, none runs or is signed for later, and nothing was ordered in a year', () => {
    expect(isLapsed([over], [], profile, today)).toBe(true);
    expect(isLapsed([over, aContract()], [], profile, today)).toBe(false);
    expect(isLapsed([over, aContract({ startsOn: '2026-07-01', endsOn: '2027-06-30' })], [], profile, today)).toBe(
      false,
    );
    expect(isLapsed([over, aContract({ status: 'draft', startsOn: '2026-07-01' })], [], profile, today)).toBe(true);
    expect(isLapsed([over], [anOrder({ orderedOn: '2026-01-01' })], profile, today)).toBe(false);
    expect(isLapsed([], [], profile, today)).toBe(false);
  });

  it('is leaving for those it introduced, like one with notice on its contract', () => {
    const contracts = [
      over,
      aContract({ accountId: 'account:2', noticeGivenOn: '2026-05-01' }),
      aContract({ accountId: 'account:3' }),
    ];
    const none = { accounts: [], parents: [], contacts: [], roles: [], opportunities: [], links: [], counts: {} };
    expect([...buildBookIndexes({ ...none, contracts }, profile, at(today)).leaving]).toEqual([
      'account:1',
      'account:2',
    ]);
  });
});
