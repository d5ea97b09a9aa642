import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aContract,
  aLine,
  anAccount,
  anActivity,
  anOpportunity,
  anOrder,
  aTicket,
  at,
  profile,
  recordsOf,
} from '../../test/records.ts';
import { buildSlice } from './build-slice.ts';
import { opportunityState } from './opportunity-meaning.ts';

const asOf = at('2026-06-01');
const later = '2026-06-02';

describe('a slice as of an instant', () => {
  it('leaves out records whose own dates lie after it', () => {
    const slice = buildSlice(
      recordsOf({
        opportunities: [anOpportunity({ createdAt: at(later) }), anOpportunity({ id: 'opportunity:2' })],
        orders: [anOrder({ orderedOn: later }), anOrder({ id: 'order:2', orderedOn: '2026-06-01' })],
        tickets: [aTicket({ openedAt: at(later) }), aTicket({ id: 'ticket:2', openedAt: asOf })],
        activities: [anActivity({ occurredAt: at(later) }), anActivity({ id: 'activity:2', occurredAt: asOf })],
      }),
      profile,
      asOf,
    );
    const kept = [slice.opportunities, slice.orders, slice.tickets, slice.activities].map((all) =>
      all.map((it) => it.id),
    );
    expect(kept).toEqual([['opportunity:2'], ['order:2'], ['ticket:2'], ['activity:2']]);
  });

  it('counts what happened later as not yet', () => {
    const slice = buildSlice(
      recordsOf({
        account: anAccount({ noticeGivenOn: later, churnedOn: later }),
        contracts: [aContract({ noticeGivenOn: later })],
        orders: [anOrder({ orderedOn: '2026-05-01', shippedOn: later, status: 'sent' })],
        orderLines: [aLine({ shippedOn: later, deliveredOn: later, deliveredQuantity: 5 })],
        tickets: [aTicket({ openedAt: at('2026-05-01'), closedAt: at(later), stage: 'done' })],
      }),
      profile,
      asOf,
    );
    expect(slice.account).toMatchObject({ noticeGivenOn: null, churnedOn: null });
    expect(slice.contracts[0]?.noticeGivenOn).toBeNull();
    expect(slice.orders[0]).toMatchObject({ shippedOn: null, status: null });
    expect(slice.orderLines[0]).toMatchObject({ shippedOn: null, deliveredOn: null, deliveredQuantity: null });
    expect(slice.tickets[0]).toMatchObject({ closedAt: null, stage: null });
    expect(slice.role).toBe('customer');
  });

  it('an opportunity that closes later is still open', () => {
    const won = anOpportunity({ stage: 'signed', closeOn: later });
    expect(opportunityState(won, profile, '2026-06-01')).toBe('open');
    expect(opportunityState(won, profile, later)).toBe('won');
  });

  it('an account created later has no records and is outside the book', () => {
    const slice = buildSlice(
      recordsOf({ account: anAccount({ createdAt: at(later) }), tickets: [aTicket()] }),
      profile,
      asOf,
    );
    expect(slice.role).toBe('other');
    expect(slice.tickets).toEqual([]);
  });

  it('the last edit never matters', () => {
    fc.assert(
      fc.property(fc.integer(), (updatedAt) => {
        const slice = buildSlice(recordsOf({ tickets: [aTicket({ openedAt: asOf, updatedAt })] }), profile, asOf);
        expect(slice.tickets).toHaveLength(1);
      }),
    );
  });
});
