import { describe, expect, it } from 'vitest';
import { aContract, anAccount, anOpportunity, anOrder, aTicket, at, profile, recordsOf } from '../../test/records.ts';
import { classifyAccount } from './classify-account.ts';
import { countUnmapped, findUnmapped, unmappedProblems } from './find-unmapped.ts';

const asOf = at('2026-06-01');
const won = anOpportunity({ stage: 'signed', closeOn: '2026-05-01' });
const role = (account: Parameters<typeof anAccount>[0], more: Parameters<typeof recordsOf>[0] = {}) =>
  classifyAccount(recordsOf({ account: anAccount(account), ...more }), profile, asOf);

describe('the book', () => {
  it('follows the lifecycle that the profile maps', () => {
    const lifecycles = ['customer', 'lead', 'reseller', 'trial', 'rest', null];
    expect(lifecycles.map((lifecycle) => role({ lifecycle }))).toEqual([
      'customer',
      'prospect',
      'partner',
      'test',
      'other',
      'other',
    ]);
  });

  it('a won opportunity or a running contract makes a prospect a customer, a partner or test never', () => {
    expect(role({ lifecycle: 'lead' }, { opportunities: [won] })).toBe('customer');
    expect(role({ lifecycle: null }, { contracts: [aContract()] })).toBe('customer');
    expect(role({ lifecycle: 'trial' }, { opportunities: [won] })).toBe('test');
    expect(role({ lifecycle: 'reseller' }, { contracts: [aContract()] })).toBe('partner');
    expect(role({ lifecycle: 'lead' }, { contracts: [aContract({ status: 'draft' })] })).toBe('prospect');
    expect(role({ lifecycle: 'lead' }, { contracts: [aContract({ endsOn: '2026-05-31' })] })).toBe('prospect');
  });

  it('an ignored kind or an unmapped stage wins nothing', () => {
    expect(role({ lifecycle: 'lead' }, { opportunities: [{ ...won, type: 'internal' }] })).toBe('prospect');
    expect(role({ lifecycle: 'lead' }, { opportunities: [{ ...won, stage: 'what' }] })).toBe('prospect');
  });

  it('an unmapped lifecycle is never scored by default and is a problem', () => {
    expect(role({ lifecycle: 'vip' }, { opportunities: [won] })).toBe('other');
    const records = recordsOf({
      account: anAccount({ lifecycle: 'vip' }),
      opportunities: [anOpportunity({ pipeline: 'renewals', stage: 'what', type: null }), anOpportunity({ type: '?' })],
      tickets: [aTicket({ stage: 'who' })],
      contracts: [aContract({ status: 'odd' })],
      orders: [anOrder({ status: 'odd' })],
    });
    const found = findUnmapped(records, profile);
    expect(found.map((it) => `${it.what}: ${it.value}`)).toEqual([
      'lifecycle: vip',
      'stage: renewals/what',
      'opportunity kind: ?',
      'ticket stage: who',
      'contract status: odd',
      'order status: odd',
    ]);
    const problems = unmappedProblems(countUnmapped(found.slice(3, 4), countUnmapped(found)));
    expect(problems[0]?.message).toContain('"who" means (2 records)');
    expect(problems).toHaveLength(6);
  });

  it('a former customer is outside the book until a new contract begins', () => {
    expect(role({ churnedOn: '2026-05-01' })).toBe('other');
    expect(role({ churnedOn: '2025-12-01' }, { contracts: [aContract()] })).toBe('customer');
    expect(role({ churnedOn: '2026-07-01' })).toBe('customer');
  });

  it('a customer who gave notice stays in the book through the term and 60 days of grace, then is a former one', () => {
    const noticed = (endsOn: string) => [aContract({ startsOn: '2025-01-01', endsOn, noticeGivenOn: '2026-01-15' })];
    expect(role({ lifecycle: 'customer' }, { contracts: noticed('2026-06-30') })).toBe('customer');
    expect(role({ lifecycle: 'customer' }, { contracts: noticed('2026-04-02') })).toBe('customer'); // 60 days before
    expect(role({ lifecycle: 'customer' }, { contracts: noticed('2026-04-01') })).toBe('other');
    const signedAgain = [...noticed('2026-03-01'), aContract({ startsOn: '2026-05-01', endsOn: '2027-04-30' })];
    expect(role({ lifecycle: 'customer' }, { contracts: signedAgain })).toBe('customer');
  });

  it('where there are no contracts, the renewal day on the account tells the same', () => {
    const account = { lifecycle: 'customer', noticeGivenOn: '2025-12-01' };
    expect(role({ ...account, renewalOn: '2026-04-02' })).toBe('customer');
    expect(role({ ...account, renewalOn: '2026-04-01' })).toBe('other');
    expect(role({ ...account, noticeGivenOn: '2026-06-02', renewalOn: '2026-04-01' })).toBe('customer'); // not yet given
    expect(role({ lifecycle: 'customer', renewalOn: '2020-01-01' })).toBe('customer'); // lapsed, but nobody gave notice
  });

  it('an old sale does not make a customer of an account whose contracts ran out long ago', () => {
    const over = [aContract({ startsOn: '2023-01-01', endsOn: '2023-12-31' })];
    const sale = anOpportunity({ stage: 'signed', closeOn: '2022-12-20' });
    expect(role({ lifecycle: 'lead' }, { opportunities: [sale], contracts: over })).toBe('prospect');
    expect(role({ lifecycle: 'lead' }, { opportunities: [sale] })).toBe('customer');
  });
});
