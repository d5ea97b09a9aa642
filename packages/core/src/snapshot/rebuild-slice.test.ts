import { describe, expect, it } from 'vitest';
import {
  aContract,
  aLine,
  anAccount,
  anActivity,
  anAnswer,
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
import type { OrgProfile } from '../model/profile.ts';
import type { AsOfKnowledge } from './as-of-knowledge.ts';
import type { FieldHistory } from './field-history.ts';
import { rebuildSlice } from './rebuild-slice.ts';
import type { AccountRecords } from './slice.ts';

const early = at('2020-01-01');
const asOf = at('2025-06-01');
const before = { createdAt: at('2025-05-01'), updatedAt: at('2025-05-02') };
const later = { createdAt: at('2025-06-02'), updatedAt: at('2025-06-02') };
const edited = { createdAt: at('2025-05-01'), updatedAt: at('2025-12-01') };

const knowledge: AsOfKnowledge = {
  recordedSince: {
    account: early,
    opportunity: early,
    contract: early,
    order: early,
    orderLine: early,
    ticket: early,
    activity: early,
    surveyResponse: early,
    usage: early,
  },
  reachesBackTo: {},
  imports: [],
  mergedAt: new Map(),
};
const known = anAccount({ createdAt: early });

function rebuild(
  set: Partial<AccountRecords>,
  { history, over = profile, on = asOf }: { history?: FieldHistory; over?: OrgProfile; on?: number } = {},
) {
  const past = rebuildSlice(recordsOf({ account: known, ...set }), over, on, knowledge, history);
  if (!past.rebuilt) throw new Error(past.reason);
  return past.slice;
}

/** A history in which one field of any record had a value. */
const held = (field: string, value: unknown): FieldHistory => ({
  valueAt: (_id, asked) => (asked === field ? { known: true, value } : { known: false }),
});

describe('rule 11: a fact is admitted when it happened and was recorded before the cut-off', () => {
  it('records entered later are left out, though what they tell happened before', () => {
    const slice = rebuild({
      opportunities: [anOpportunity({ ...later, closeOn: '2025-01-01', stage: 'signed' })],
      contracts: [aContract({ ...later, startsOn: '2024-01-01' })],
      orders: [anOrder({ ...later, orderedOn: '2025-01-01' })],
      orderLines: [aLine({ ...later, deliveredOn: '2025-01-01' })],
      tickets: [aTicket({ ...later, openedAt: at('2025-01-01') })],
      activities: [anActivity({ ...later, occurredAt: at('2025-01-01') })],
      surveys: [anAnswer({ ...later, respondedAt: at('2025-01-01') })],
      usage: [aUsage({ ...later, periodOn: '2025-01-01' })],
    });
    const { opportunities, contracts, orders, orderLines, tickets, activities, surveys, usage } = slice;
    expect([opportunities, contracts, orders, orderLines, tickets, activities, surveys, usage].flat()).toEqual([]);
  });

  it('records entered before are left out while what they tell lies ahead', () => {
    const slice = rebuild({
      orders: [anOrder({ ...before, orderedOn: '2025-06-02' })],
      activities: [anActivity({ ...before, occurredAt: at('2025-06-02') })],
      usage: [aUsage({ ...before, periodOn: '2025-06-02' })],
    });
    expect([slice.orders, slice.activities, slice.usage].flat()).toEqual([]);
  });

  it('both before: admitted; the day of the last edit is of today', () => {
    const slice = rebuild({ activities: [anActivity({ ...before, occurredAt: at('2025-04-30') })] });
    expect(slice.activities).toMatchObject([{ createdAt: before.createdAt, updatedAt: null }]);
  });

  it('a record without a time of recording is not admitted', () => {
    const slice = rebuild({ activities: [anActivity({ occurredAt: at('2025-04-30') })] });
    expect(slice.activities).toEqual([]);
  });
});

describe('rule 11: fields that are edited in place are unknown without history', () => {
  const everything = {
    account: anAccount({
      createdAt: early,
      updatedAt: early,
      seatsUsed: 5,
      seatsBought: 10,
      managerView: 'bad',
      noticeGivenOn: '2025-02-01',
      churnedOn: '2025-03-01',
      lifecycle: 'lead',
      recurring: eur(1),
      healthScore: 50,
    }),
    opportunities: [
      anOpportunity({ ...before, type: 'renewal', stage: 'gone', amount: eur(5), closeOn: '2025-05-20' }),
    ],
    contracts: [aContract({ ...before, autoRenews: true, annual: eur(9), noticeGivenOn: '2025-05-05' })],
    orders: [anOrder({ ...before, orderedOn: '2025-05-01', status: 'sent', shippedOn: '2025-05-03', amount: eur(7) })],
    orderLines: [aLine({ ...before, quantity: 3, deliveredOn: '2025-05-03', deliveredQuantity: 3 })],
    tickets: [aTicket({ ...before, openedAt: before.createdAt, priority: 'urgent', escalated: true })],
  };

  it('whenever the record was last edited: "never edited since" would tell the future', () => {
    for (const updatedAt of [early, edited.updatedAt]) {
      const account = { ...everything.account, updatedAt };
      const slice = rebuild({ ...everything, account });
      expect(slice.account).toEqual({
        ...anAccount({ id: account.id, createdAt: early }),
        name: null,
        lifecycle: null,
      });
      expect(slice.opportunities).toMatchObject([{ type: 'renewal', stage: null, amount: null, closeOn: null }]);
      expect(slice.contracts).toMatchObject([
        {
          startsOn: '2026-01-01',
          endsOn: '2026-12-31',
          status: null,
          autoRenews: null,
          annual: null,
          noticeGivenOn: null,
        },
      ]);
      expect(slice.orders).toMatchObject([{ orderedOn: '2025-05-01', amount: eur(7), status: null, shippedOn: null }]);
      expect(slice.orderLines).toMatchObject([{ quantity: 3, deliveredOn: null, deliveredQuantity: null }]);
      expect(slice.tickets).toMatchObject([{ priority: null, escalated: null, stage: null }]);
    }
  });

  it('they are named, for an account without such records too', () => {
    const { unknown } = rebuild({});
    for (const field of ['account.managerView', 'contract.status', 'ticket.priority', 'opportunity.stage'] as const)
      expect(unknown).toContain(field);
    expect(unknown).not.toContain('ticket.closedAt');
  });

  it('history holds what stood there then, null included', () => {
    const slice = rebuild(everything, { history: held('priority', 'low') });
    expect(slice.tickets[0]?.priority).toBe('low');
    expect(slice.unknown).not.toContain('ticket.priority');
    expect(slice.unknown).toContain('ticket.escalated');
    const noView = rebuild(everything, { history: held('managerView', null) });
    expect(noView.account.managerView).toBeNull();
    expect(noView.unknown).not.toContain('account.managerView');
  });

  it('links without a date are unknown: roles, contacts, parents, the owner', () => {
    const slice = rebuild({
      parentId: 'account:2',
      childIds: ['account:3'],
      roles: [aRole('contact:1', 'account:1', before)],
      owner: { id: 'owner:1', createdAt: early, updatedAt: early, name: 'A', email: null, active: true },
    });
    expect(slice).toMatchObject({ parentId: null, childIds: [], roles: [], contacts: [], owner: null });
    expect(slice.unknown).toContain('contactRole.role');
    expect(slice.unknown).toContain('owner.active');
  });

  it('roles with a history are known: who was a champion then', () => {
    const roles = [aRole('contact:1', 'account:1', { ...before, role: 'former champion' })];
    const slice = rebuild({ roles }, { history: held('role', 'champion') });
    expect(slice.roles).toMatchObject([{ contactId: 'contact:1', role: 'champion', updatedAt: null }]);
    expect(slice.unknown).not.toContain('contactRole.role');
    const late = rebuild({ roles: [aRole('contact:1', 'account:1', later)] }, { history: held('role', 'champion') });
    expect([late.roles, late.unknown.has('contactRole.role')]).toEqual([[], true]);
  });

  it('a contract that was cut short had another end; a draft was never in force', () => {
    const cut = rebuild({ contracts: [aContract({ ...before, status: 'broken', endsOn: '2025-09-01' })] });
    expect(cut.contracts[0]?.endsOn).toBeNull();
    expect(cut.unknown).toContain('contract.endsOn');
    expect(rebuild({ contracts: [aContract({ ...before, status: 'draft' })] }).contracts).toEqual([]);
    const signed = rebuild(
      { contracts: [aContract({ ...before, status: 'broken', endsOn: '2025-09-01' })] },
      { history: held('endsOn', '2026-12-31') },
    );
    expect(signed.contracts[0]?.endsOn).toBe('2026-12-31');
  });
});

describe('days that are believed without history', () => {
  it('the closing of a ticket, which the CRM stamps: before is closed, after is still open', () => {
    const ticket = (closedAt: number | null, stage: string) =>
      aTicket({ ...edited, openedAt: edited.createdAt, closedAt, stage });
    const of = (closedAt: number | null, stage: string) => {
      const slice = rebuild({ tickets: [ticket(closedAt, stage)] });
      return [slice.tickets[0]?.closedAt, slice.unknown.has('ticket.closedAt')];
    };
    expect(of(at('2025-05-20'), 'done')).toEqual([at('2025-05-20'), false]);
    expect(of(at('2025-06-20'), 'done')).toEqual([null, false]);
    expect(of(null, 'waiting')).toEqual([null, false]);
    // Closed without a stamp: it may have been open or closed then.
    expect(of(null, 'done')).toEqual([null, true]);
  });

  it('days that the profile vouches for, with the quantity that belongs to them', () => {
    const over: OrgProfile = {
      ...profile,
      outcomes: { enteredOnTheDay: ['orderLine.deliveredOn', 'order.shippedOn'] },
    };
    const line = (deliveredOn: string) => aLine({ ...edited, deliveredOn, deliveredQuantity: 4 });
    const slice = rebuild(
      {
        orders: [anOrder({ ...edited, orderedOn: '2025-05-01', shippedOn: '2025-05-20' })],
        orderLines: [line('2025-05-20'), line('2025-06-20')],
      },
      { over },
    );
    expect(slice.orders[0]?.shippedOn).toBe('2025-05-20');
    expect(slice.orderLines).toMatchObject([
      { deliveredOn: '2025-05-20', deliveredQuantity: 4 },
      { deliveredOn: null, deliveredQuantity: null },
    ]);
    expect(slice.unknown).not.toContain('orderLine.deliveredQuantity');
    expect(slice.unknown).toContain('orderLine.acceptedOn');
  });
});

describe('what is refused', () => {
  const reason = (account: AccountRecords['account'], over: Partial<AsOfKnowledge>) => {
    const past = rebuildSlice(recordsOf({ account }), profile, asOf, { ...knowledge, ...over });
    return past.rebuilt ? null : past.reason;
  };

  it('an account that was not recorded yet, or nobody knows when', () => {
    expect(reason(anAccount({ createdAt: at('2025-06-02') }), {})).toBe('account not recorded yet');
    expect(reason(anAccount(), {})).toBe('account without a time of recording');
  });

  it('every instant before a bulk import of accounts', () => {
    const recordedSince = { ...knowledge.recordedSince, account: at('2025-06-02') };
    expect(reason(known, { recordedSince })).toBe('before a bulk import');
  });

  it('every instant before another account was merged into this one', () => {
    expect(reason(known, { mergedAt: new Map([['account:1', at('2025-06-02')]]) })).toBe('before a merge');
    expect(reason(known, { mergedAt: new Map([['account:1', at('2025-05-31')]]) })).toBeNull();
  });

  it('an entity before its own bulk import is empty; the others are there', () => {
    const recordedSince = { ...knowledge.recordedSince, ticket: at('2025-06-02') };
    const records = recordsOf({
      account: known,
      tickets: [aTicket({ ...before, openedAt: before.createdAt })],
      activities: [anActivity({ ...before, occurredAt: before.createdAt })],
    });
    const past = rebuildSlice(records, profile, asOf, { ...knowledge, recordedSince });
    expect(past.rebuilt && [past.slice.tickets.length, past.slice.activities.length]).toEqual([0, 1]);
  });
});

describe('whether it was a customer then', () => {
  const role = (set: Partial<AccountRecords>) => rebuild(set).role;

  it('by dated evidence, whatever the lifecycle says today', () => {
    const account = anAccount({ createdAt: early, lifecycle: 'lead' });
    const running = aContract({ ...before, startsOn: '2025-01-01', status: 'over', endsOn: '2025-12-31' });
    expect(role({ account, contracts: [running] })).toBe('customer');
    expect(role({ account, orders: [anOrder({ ...before, orderedOn: '2025-04-01' })] })).toBe('customer');
    const won = anOpportunity({ ...before, stage: 'signed', closeOn: '2025-05-20' });
    expect(role({ account, opportunities: [won] })).toBe('customer');
    expect(role({ account, opportunities: [{ ...won, closeOn: '2025-06-20' }] })).toBe('other');
    expect(role({ account: known })).toBe('other');
  });

  it('partners and tests stay what they are', () => {
    const account = anAccount({ createdAt: early, lifecycle: 'reseller' });
    expect(role({ account, orders: [anOrder({ ...before, orderedOn: '2025-04-01' })] })).toBe('partner');
  });

  it('by the profile’s rules where history knows the lifecycle', () => {
    const history: FieldHistory = {
      valueAt: (_id, field) =>
        field === 'lifecycle' || field === 'churnedOn'
          ? { known: true, value: field === 'lifecycle' ? 'customer' : null }
          : { known: false },
    };
    expect(rebuild({}, { history }).role).toBe('customer');
  });
});
