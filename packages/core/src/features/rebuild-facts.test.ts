import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aContract,
  anAccount,
  anActivity,
  anOpportunity,
  anOrder,
  aTicket,
  at,
  eur,
  profile,
  recordsOf,
} from '../../test/records.ts';
import { DAY_MS } from '../model/dates.ts';
import type { AsOfKnowledge } from '../snapshot/as-of-knowledge.ts';
import type { FieldHistory } from '../snapshot/field-history.ts';
import { rebuildSlice } from '../snapshot/rebuild-slice.ts';
import type { AccountRecords } from '../snapshot/slice.ts';
import { FEATURES } from './all-features.ts';
import { rebuildFacts } from './rebuild-facts.ts';

const early = at('2020-01-01');
const asOf = at('2025-06-01');
const all = { account: early, opportunity: early, contract: early, order: early, ticket: early, activity: early };
const knowledge: AsOfKnowledge = { recordedSince: all, reachesBackTo: all, imports: [], mergedAt: new Map() };
const before = { createdAt: at('2025-05-01'), updatedAt: at('2025-05-01') };
const account = anAccount({ createdAt: early });

function facts(set: Partial<AccountRecords>, history?: FieldHistory, known = knowledge) {
  const past = rebuildSlice(recordsOf({ account, ...set }), profile, asOf, known, history);
  if (!past.rebuilt) throw new Error(past.reason);
  return rebuildFacts(past.slice, profile, known);
}

const book: Partial<AccountRecords> = {
  contracts: [aContract({ ...before, createdAt: early, startsOn: '2025-01-01', endsOn: '2025-08-29' })],
  opportunities: [anOpportunity({ ...before, type: 'renewal', stage: 'talking', closeOn: '2025-08-01' })],
  orders: [anOrder({ ...before, orderedOn: '2025-05-01', promisedOn: '2025-05-20' })],
  tickets: [aTicket({ ...before, openedAt: asOf - 20 * DAY_MS, createdAt: asOf - 20 * DAY_MS, priority: 'urgent' })],
  activities: [
    anActivity({ ...before, createdAt: asOf - 5 * DAY_MS, occurredAt: asOf - 5 * DAY_MS, direction: 'inbound' }),
  ],
};

describe('asOfSource: what can be rebuilt', () => {
  it('record: from dated records alone', () => {
    expect(facts(book)).toMatchObject({
      daysToDecision: 89,
      contractLapsed: 0,
      oldestOpenTicketDays: 20,
      daysSinceTouch: 5,
      twoWayTouches90: 1,
      tenureDays: 151,
    });
  });

  it('history and none: null without history, never zero, for every feature that says so', () => {
    const rebuilt = facts(book);
    const empty = facts({});
    for (const feature of FEATURES.filter((it) => it.asOfSource !== 'record')) {
      expect(rebuilt[feature.id], feature.id).toBeNull();
      expect(empty[feature.id], feature.id).toBeNull();
    }
  });

  it('history: the fact is back where the history of its fields is kept', () => {
    const values: Record<string, unknown> = {
      priority: 'urgent',
      closedAt: null,
      stage: 'waiting',
      managerView: 'bad',
    };
    const history: FieldHistory = {
      valueAt: (_id, field) => (field in values ? { known: true, value: values[field] } : { known: false }),
    };
    expect(facts(book, history)).toMatchObject({ openUrgentTickets: 1, managerView: 1, escalations90: null });
  });

  it('the time as a customer reaches back to a first win of half a year ago and more, not to a later one', () => {
    const won = (closeOn: string) => anOpportunity({ createdAt: early, stage: 'signed', closeOn });
    expect(facts({ ...book, opportunities: [won('2024-06-01')] }).tenureDays).toBe(365);
    expect(facts({ opportunities: [won('2024-12-03')] }).tenureDays).toBe(180);
    expect(facts({ opportunities: [won('2024-12-04')] }).tenureDays).toBeNull();
  });

  it('every feature that is not from dated records names what it reads', () => {
    const silent = FEATURES.filter((it) => it.asOfSource !== 'record' && !it.edited?.length);
    expect(silent.map((it) => it.id)).toEqual([]);
  });
});

describe('counts over a window', () => {
  it('are null where the events do not reach back over all of it', () => {
    const since = (days: number) => ({ ...knowledge, reachesBackTo: { ...all, activity: asOf - days * DAY_MS } });
    expect(facts(book, undefined, since(90)).twoWayTouches90).toBe(1);
    expect(facts(book, undefined, since(89)).twoWayTouches90).toBeNull();
    expect(facts(book, undefined, since(89)).daysSinceTouch).toBe(5);
  });

  it('are null before the book kept such records at all', () => {
    const recordedSince = { ...all, ticket: asOf + 1 };
    expect(facts(book, undefined, { ...knowledge, recordedSince }).oldestOpenTicketDays).toBeNull();
  });
});

describe('a canary that was edited after the loss', () => {
  it('no value of a field that is edited in place, and no day of an edit, moves a rebuilt fact', () => {
    const honest = facts(book);
    const value = fc.record({
      updatedAt: fc.integer({ min: early, max: asOf + 400 * DAY_MS }),
      priority: fc.constantFrom('urgent', 'low', null),
      escalated: fc.constantFrom(true, false, null),
      seats: fc.option(fc.integer({ min: 0, max: 100 })),
      view: fc.constantFrom('good' as const, 'bad' as const, null),
      notice: fc.constantFrom('2025-03-01', '2025-09-01', null),
      status: fc.constantFrom('signed', 'over', null),
      stage: fc.constantFrom('talking', 'signed', 'gone'),
      renews: fc.constantFrom(true, false, null),
      order: fc.constantFrom('new', 'sent', 'void'),
    });
    fc.assert(
      fc.property(value, (it) => {
        const { updatedAt } = it;
        const edited: Partial<AccountRecords> = {
          ...book,
          account: {
            ...account,
            updatedAt,
            seatsUsed: it.seats,
            seatsBought: it.seats,
            managerView: it.view,
            noticeGivenOn: it.notice,
            churnedOn: it.notice,
            renewalOn: it.notice,
            recurring: it.seats === null ? null : eur(it.seats),
          },
          contracts: book.contracts!.map((one) => ({
            ...one,
            updatedAt,
            status: it.status,
            noticeGivenOn: it.notice,
            autoRenews: it.renews,
          })),
          opportunities: book.opportunities!.map((one) => ({ ...one, updatedAt, stage: it.stage, closeOn: it.notice })),
          orders: book.orders!.map((one) => ({ ...one, updatedAt, status: it.order, shippedOn: it.notice })),
          tickets: book.tickets!.map((one) => ({ ...one, updatedAt, priority: it.priority, escalated: it.escalated })),
        };
        expect(facts(edited)).toEqual(honest);
      }),
    );
  });
});
