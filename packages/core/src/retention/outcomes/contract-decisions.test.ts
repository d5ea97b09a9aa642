import { describe, expect, it } from 'vitest';
import { aContract, anAccount, anOrder, at, eur, profile, recordsOf } from '../../../test/records.ts';
import type { Contract } from '../../model/types.ts';
import { readDecisions, readOutcomes } from './read-decisions.ts';

/** A year from 1 January 2024, 12,000 a year; it must be decided 30 days before its end: on 1 December. */
const first = (set: Partial<Contract> = {}) =>
  aContract({
    id: 'contract:1',
    status: 'over',
    startsOn: '2024-01-01',
    endsOn: '2024-12-31',
    noticeDays: 30,
    annual: eur(12_000),
    ...set,
  });
const next = (startsOn: string, set: Partial<Contract> = {}) =>
  aContract({ id: 'contract:2', startsOn, endsOn: '2027-12-31', annual: eur(12_000), ...set });
const decide = (contracts: readonly Contract[], on = '2026-01-01', account = anAccount(), options = {}) =>
  readDecisions(recordsOf({ account, contracts }), profile, on, options);
const outcomes = (...args: Parameters<typeof decide>) => decide(...args).map((it) => it.outcome);

describe('rule 1: the decision of a contract', () => {
  it('falls on the end less the notice period and is known when the 60 days of grace are over', () => {
    expect(decide([first()])).toEqual([
      {
        accountId: 'account:1',
        model: 'contract',
        decidesOn: '2024-12-01',
        startsOn: '2024-01-01',
        endsOn: '2024-12-31',
        horizonDays: 366,
        outcome: 'lost',
        knownOn: '2025-03-02',
        cause: null,
        reactivatedOn: null,
        dates: { noticeOn: null, endOfTermOn: '2024-12-31', lastPaymentOn: null },
        annualBefore: eur(12_000),
        annualAfter: eur(0),
      },
    ]);
  });

  it('the profile states the notice period of contracts that have none', () => {
    const withNotice = { ...profile, outcomes: { noticeDays: 61 } };
    const records = recordsOf({ contracts: [first({ noticeDays: null })] });
    expect(readDecisions(records, withNotice, '2026-01-01')[0]?.decidesOn).toBe('2024-10-31');
  });

  it('a decision that is still ahead is none', () => {
    expect(decide([first()], '2024-11-30')).toEqual([]);
  });

  it('a contract that follows at once is kept, at a lower value contracted', () => {
    expect(outcomes([first(), next('2025-01-01')])).toEqual(['kept']);
    const smaller = decide([first(), next('2025-01-01', { annual: eur(9_000) })])[0];
    expect(smaller).toMatchObject({
      outcome: 'contracted',
      annualBefore: eur(12_000),
      annualAfter: eur(9_000),
    });
  });

  it('contracts that end within 45 days of each other are one decision, on the earliest day', () => {
    const second = first({ id: 'contract:3', startsOn: '2024-03-01', endsOn: '2025-02-14', noticeDays: 90 });
    expect(decide([first(), second])).toMatchObject([
      { decidesOn: '2024-11-16', startsOn: '2024-01-01', endsOn: '2025-02-14', outcome: 'lost', knownOn: '2025-04-16' },
    ]);
    expect(decide([first(), { ...second, endsOn: '2025-02-15' }])).toHaveLength(2);
  });

  it('months that follow each other are not one decision, though they end within 45 days', () => {
    const month = (id: string, startsOn: string, endsOn: string) => first({ id, startsOn, endsOn, noticeDays: null });
    const monthly = [
      month('contract:1', '2025-01-01', '2025-01-31'),
      month('contract:2', '2025-02-01', '2025-02-28'),
      month('contract:3', '2025-03-01', '2025-03-31'),
    ];
    expect(decide(monthly).map((it) => [it.endsOn, it.outcome])).toEqual([
      ['2025-01-31', 'kept'],
      ['2025-02-28', 'kept'],
      ['2025-03-31', 'lost'],
    ]);
  });

  it('lost means nothing recurring is left in any contract: one of two that ends is a contraction', () => {
    const other = aContract({ id: 'contract:3', startsOn: '2024-06-01', endsOn: '2027-05-31', annual: eur(5_000) });
    expect(decide([first(), other])).toMatchObject([
      { outcome: 'contracted', annualBefore: eur(17_000), annualAfter: eur(5_000), cause: null },
    ]);
  });

  it('without amounts the number of running contracts tells a contraction', () => {
    const [one, other] = [
      first({ annual: null }),
      aContract({ id: 'contract:3', startsOn: '2024-06-01', endsOn: '2027-05-31' }),
    ];
    expect(decide([one, other])).toMatchObject([{ outcome: 'contracted', annualBefore: null, annualAfter: null }]);
    expect(outcomes([one, next('2025-01-01', { annual: null })])).toEqual(['kept']);
  });

  it('amounts in other currencies are compared at the profile’s rate: 10,000 USD are 9,000 EUR', () => {
    const dollars = { minor: 1_000_000, currency: 'USD' };
    expect(decide([first({ annual: eur(9_000) }), next('2025-01-01', { annual: dollars })])[0]).toMatchObject({
      outcome: 'kept',
      annualAfter: eur(9_000),
    });
  });

  it('a contract that renews itself decides at the end of each term: kept until notice is given', () => {
    const rolling = first({ status: 'signed', startsOn: '2023-01-01', endsOn: '2023-12-31', autoRenews: true });
    expect(decide([rolling], '2025-11-01').map((it) => [it.endsOn, it.outcome])).toEqual([
      ['2023-12-31', 'kept'],
      // Terms have 365 days, and 2024 has 366.
      ['2024-12-30', 'kept'],
    ]);
    const noticed = { ...rolling, noticeGivenOn: '2024-10-10' };
    expect(decide([noticed], '2025-11-01').at(-1)).toMatchObject({
      endsOn: '2024-12-30',
      outcome: 'lost',
      dates: { noticeOn: '2024-10-10', endOfTermOn: '2024-12-30' },
    });
  });
});

describe('rule 4: grace, late renewals, competing outcomes', () => {
  it('an outcome is pending to the last day of grace, also where the renewal is signed', () => {
    expect(decide([first()], '2025-03-01')).toMatchObject([{ outcome: 'pending', knownOn: null, annualAfter: null }]);
    expect(outcomes([first(), next('2025-01-01')], '2025-03-01')).toEqual(['pending']);
    expect(outcomes([first()], '2025-03-02')).toEqual(['lost']);
  });

  it('a renewal within the 60 days of grace is late and kept, one a day later is a loss that came back', () => {
    expect(decide([first(), next('2025-03-02')])).toMatchObject([{ outcome: 'kept', reactivatedOn: null }]);
    expect(decide([first(), next('2025-03-03')])).toMatchObject([
      { outcome: 'lost', knownOn: '2025-03-02', reactivatedOn: '2025-03-03' },
    ]);
  });

  it('grace of 0, 30 and 90 days on request: a renewal 45 days late', () => {
    const late = [first(), next('2025-02-15')];
    const at = (graceDays: number) => outcomes(late, '2026-01-01', anAccount(), { graceDays });
    expect([at(0), at(30), at(60), at(90)]).toEqual([['lost'], ['lost'], ['kept'], ['kept']]);
    expect(outcomes([first(), next('2025-01-01')], '2026-01-01', anAccount(), { graceDays: 0 })).toEqual(['kept']);
  });

  it('a term cut short that ends the account competes; one that is replaced is no decision', () => {
    const cut = first({ status: 'broken', endsOn: '2024-07-10' });
    expect(decide([cut])).toMatchObject([
      { outcome: 'competing', cause: 'termination', endsOn: '2024-07-10', knownOn: '2024-09-09' },
    ]);
    const replaced = readOutcomes(recordsOf({ contracts: [cut, next('2024-07-11')] }), profile, '2026-01-01');
    expect(replaced).toEqual({ decisions: [], leftOut: { 'ended in its term, the customer stayed': 1 } });
  });

  it('insolvency and acquisition are named by the profile’s words: on the account or on the contract', () => {
    const words = { lifecycles: { ...profile.book.lifecycles, bankrupt: 'other' as const } };
    const named = {
      ...profile,
      book: { ...profile.book, ...words },
      contracts: { statuses: { ...profile.contracts.statuses, 'bought up': 'ended' as const } },
      outcomes: { causes: { bankrupt: 'insolvency' as const, 'bought up': 'acquisition' as const } },
    };
    const of = (lifecycle: string, status: string, more: readonly Contract[] = []) =>
      readDecisions(
        recordsOf({ account: anAccount({ lifecycle }), contracts: [first({ status }), ...more] }),
        named,
        '2026-01-01',
      ).map((it) => [it.outcome, it.cause]);
    expect(of('bankrupt', 'over')).toEqual([['competing', 'insolvency']]);
    expect(of('customer', 'bought up')).toEqual([['competing', 'acquisition']]);
    expect(of('customer', 'bought up', [next('2025-01-01')])).toEqual([['kept', null]]);
  });

  it('marked churned while the contract still runs on paper: ended in its term', () => {
    const running = first({ status: 'signed', startsOn: '2025-01-01', endsOn: '2027-12-31' });
    expect(decide([running], '2026-01-01', anAccount({ churnedOn: '2025-06-15' }))).toMatchObject([
      { outcome: 'competing', cause: 'termination', endsOn: '2025-06-15', dates: { endOfTermOn: '2027-12-31' } },
    ]);
  });

  it('marked churned when the term is over changes nothing: the end of the term is the loss', () => {
    expect(decide([first()], '2026-01-01', anAccount({ churnedOn: '2025-01-20' }))).toMatchObject([
      { outcome: 'lost', dates: { noticeOn: null, endOfTermOn: '2024-12-31' } },
    ]);
  });
});

describe('what is no churn, and what cannot be used', () => {
  it('a merged account: the loser’s ended contract and the survivor’s running one are one account that stays', () => {
    expect(outcomes([first(), next('2024-05-01', { id: 'contract:9' })])).toEqual(['contracted']);
  });

  it('a new parent changes nothing', () => {
    const contracts = [first(), next('2025-01-01')];
    const before = readDecisions(recordsOf({ contracts }), profile, '2026-01-01');
    expect(readDecisions(recordsOf({ contracts, parentId: 'account:2' }), profile, '2026-01-01')).toEqual(before);
  });

  it('partners and tests are left out; a draft says nothing; an unknown status and missing days are counted', () => {
    const out = (lifecycle: string, contracts: readonly Contract[]) =>
      readOutcomes(recordsOf({ account: anAccount({ lifecycle }), contracts }), profile, '2026-01-01').leftOut;
    expect(out('reseller', [first()])).toEqual({ 'partner or test': 1 });
    expect(out('customer', [first({ status: 'draft' })])).toEqual({});
    expect(out('customer', [first({ status: 'mystery' })])).toEqual({ 'status not in the profile': 1 });
    expect(out('customer', [first({ startsOn: null })])).toEqual({ 'contract without its days': 1 });
    expect(out('customer', [first({ status: 'broken', endsOn: null })])).toEqual({ 'contract without its days': 1 });
  });

  it('a contract without an end never decides; one that runs on keeps the account', () => {
    expect(outcomes([aContract({ startsOn: '2020-01-01', endsOn: null })])).toEqual([]);
    expect(
      outcomes([
        first({ annual: null }),
        aContract({ id: 'contract:3', startsOn: '2025-01-10', endsOn: '9999-12-31' }),
      ]),
    ).toEqual(['kept']);
  });

  it('orders do not keep a contract account that has no contract any more', () => {
    const orders = [anOrder({ orderedOn: '2025-06-01', createdAt: at('2025-06-01') })];
    expect(readDecisions(recordsOf({ contracts: [first()], orders }), profile, '2026-01-01')).toMatchObject([
      { model: 'contract', outcome: 'lost' },
    ]);
  });
});
