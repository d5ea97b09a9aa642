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
  indexes,
  profile,
  sliceOf,
} from '../../test/records.ts';
import { DAY_MS } from '../model/dates.ts';
import { MAIN_REASONS } from '../model/values.ts';
import { CONTRACT_CARD, ORDERS_CARD } from '../retention/scorecards.ts';
import { FEATURES } from './all-features.ts';
import { computeFacts } from './compute-facts.ts';

const today = '2026-06-01';
const ago = (days: number) => at(today) - days * DAY_MS;
const facts = (set: Parameters<typeof sliceOf>[1], book = indexes) => computeFacts(sliceOf(today, set), profile, book);
const empty = { ...indexes, holds: new Set<never>() };

describe('the catalogue', () => {
  it('has at least 15 features, each once, with a group, a missing rule and a source for the past', () => {
    expect(FEATURES.length).toBeGreaterThanOrEqual(15);
    expect(new Set(FEATURES.map((it) => it.id)).size).toBe(FEATURES.length);
    for (const feature of FEATURES) {
      expect(MAIN_REASONS).toContain(feature.group);
      expect(feature.missingRule).toMatch(/^null /);
    }
  });

  it('covers every row of both scorecards', () => {
    const ids = FEATURES.map((it) => it.id);
    for (const row of [...CONTRACT_CARD.rows, ...ORDERS_CARD.rows]) expect(ids).toContain(row.feature);
  });

  it('an account of which nothing is known has no facts but those that absence tells', () => {
    const known = Object.entries(facts({}, empty)).filter(([, value]) => value !== null);
    expect(known).toEqual([
      ['model', 'orders'],
      ['on', today],
    ]);
  });
});

describe('contract', () => {
  const contracts = [aContract({ noticeDays: 30, autoRenews: true, annual: eur(1200) })];

  it('days to the decision: 2026-12-31 less 30 is 2026-12-01, 183 days after 2026-06-01', () => {
    expect(facts({ contracts })).toMatchObject({
      model: 'contract',
      termDays: 365,
      daysToDecision: 183,
      autoRenews: 1,
      noticeGiven: 0,
      recurring: eur(1200),
    });
  });

  it('no contract runs any more: still a contract account, unless it goes on ordering', () => {
    const over = [aContract({ startsOn: '2025-01-01', endsOn: '2025-12-31' })];
    expect(facts({ contracts: over })).toMatchObject({ model: 'contract', contractLapsed: 1 });
    const orders = [anOrder({ orderedOn: '2026-05-01' })];
    expect(facts({ contracts: over, orders })).toMatchObject({ model: 'orders', contractLapsed: 0 });
    expect(facts({ contracts }).contractLapsed).toBe(0);
    expect(facts({}).contractLapsed).toBeNull();
  });

  it('notice on the contract or on the account', () => {
    expect(facts({ contracts: [aContract({ noticeGivenOn: '2026-05-01' })] }).noticeGiven).toBe(1);
    expect(facts({ account: anAccount({ noticeGivenOn: '2026-05-01' }) }).noticeGiven).toBe(1);
    expect(facts({}).noticeGiven).toBeNull();
  });

  it('renewal not started: only within 90 days of the decision', () => {
    const renewal = anOpportunity({ type: 'renewal' });
    const soon = [aContract({ endsOn: '2026-08-01' })];
    expect(facts({ contracts }).renewalNotStarted).toBe(0);
    expect(facts({ contracts: soon }).renewalNotStarted).toBe(1);
    expect(facts({ contracts: soon, opportunities: [renewal] }).renewalNotStarted).toBe(0);
  });

  it('renewal lost: the latest one closed within a year decides', () => {
    const lost = anOpportunity({ type: 'renewal', stage: 'gone', closeOn: '2026-03-01' });
    const won = anOpportunity({ id: 'opportunity:2', type: 'renewal', stage: 'signed', closeOn: '2026-04-01' });
    expect(facts({ opportunities: [lost] }).renewalLost).toBe(1);
    expect(facts({ opportunities: [lost, won] }).renewalLost).toBe(0);
    expect(facts({ opportunities: [{ ...lost, closeOn: '2025-03-01' }] }).renewalLost).toBe(0);
  });

  it('tenure from the first contract, order or win: 2026-01-01 to 2026-06-01 is 151 days', () => {
    expect(facts({ contracts }).tenureDays).toBe(151);
    expect(facts({ account: anAccount({ createdAt: 0 }) }).tenureDays).toBeNull();
  });
});

describe('usage', () => {
  it('seats from the latest usage record, else the account: 4 of 10', () => {
    const usage = [
      aUsage({ periodOn: '2026-03-01', seatsBought: 10, seatsUsed: 9 }),
      aUsage({ id: 'usage:2', periodOn: '2026-04-01', seatsBought: 10, seatsUsed: 4 }),
    ];
    expect(facts({ usage }).seatsUsedShare).toBeCloseTo(0.4, 12);
    expect(facts({ account: anAccount({ seatsBought: 4, seatsUsed: 1 }) }).seatsUsedShare).toBe(0.25);
    expect(facts({ account: anAccount({ seatsBought: 0, seatsUsed: 0 }) }).seatsUsedShare).toBeNull();
  });

  it('trend: 49 events after a mean of 99 is ln(50 / 100); the running month is not counted', () => {
    const months = [
      ['2026-06-01', 1],
      ['2026-05-01', 49],
      ['2026-04-01', 90],
      ['2026-03-01', 99],
      ['2026-02-01', 108],
      ['2026-01-01', 5000],
    ] as const;
    const usage = months.map(([periodOn, events]) => aUsage({ id: periodOn, periodOn, events }));
    expect(facts({ usage }).usageTrend).toBeCloseTo(Math.log(0.5), 12);
    expect(facts({ usage: usage.slice(0, 3) }).usageTrend).toBeNull();
  });

  it('time since the last order: intervals of 30, 30 and 60 days (median 30), last one 90 days ago: 3', () => {
    const orders = ['2025-11-03', '2025-12-03', '2026-01-02', '2026-03-03'].map((orderedOn) =>
      anOrder({ id: orderedOn, orderedOn }),
    );
    expect(facts({ orders }).orderIntervalDrift).toBeCloseTo(3, 12);
    expect(facts({ orders: orders.slice(1) }).orderIntervalDrift).toBeNull();
    expect(facts({ orders }).model).toBe('orders');
  });

  it('revenue trend: 500 after 1,000 is ln(0.5); nothing after 1,000 counts as 1 %', () => {
    const before = anOrder({ orderedOn: '2025-05-01', amount: eur(1000) });
    const last = anOrder({ id: 'order:2', orderedOn: '2026-05-01', amount: eur(500) });
    expect(facts({ orders: [before, last] }).revenueTrend365).toBeCloseTo(Math.log(0.5), 12);
    expect(facts({ orders: [before] }).revenueTrend365).toBeCloseTo(Math.log(0.01), 12);
    expect(facts({ orders: [last] }).revenueTrend365).toBeNull();
  });
});

describe('relationship', () => {
  it('last touch, two-way touches and people in touch; our own records are no touches', () => {
    const activities = [
      anActivity({ id: '1', occurredAt: ago(10), direction: 'outbound', contactIds: ['contact:1'] }),
      anActivity({ id: '2', occurredAt: ago(50), kind: 'meeting', contactIds: ['contact:1', 'contact:2'] }),
      anActivity({ id: '3', occurredAt: ago(91), direction: 'inbound', contactIds: ['contact:3'] }),
      anActivity({ id: '4', occurredAt: ago(200), contactIds: ['contact:4'] }),
      anActivity({
        id: '5',
        occurredAt: ago(1),
        kind: 'email',
        direction: 'inbound',
        byUs: true,
        contactIds: ['contact:5'],
      }),
    ];
    expect(facts({ activities })).toMatchObject({ daysSinceTouch: 10, twoWayTouches90: 1, peopleInTouch180: 3 });
    expect(facts({ activities: activities.slice(4) })).toMatchObject({ daysSinceTouch: null, twoWayTouches90: 0 });
  });

  it('a decision maker among the roles; without any role in words it is unknown', () => {
    expect(facts({ roles: [aRole('contact:1', 'account:1', { role: 'Decision Maker' })] }).decisionMakerKnown).toBe(1);
    expect(facts({ roles: [aRole('contact:1', 'account:1', { role: 'Billing' })] }).decisionMakerKnown).toBe(0);
    expect(facts({ roles: [aRole('contact:1', 'account:1')] }).decisionMakerKnown).toBeNull();
  });

  it('no owner, or one who left', () => {
    const owner = { id: 'owner:1', createdAt: null, updatedAt: null, name: null, email: null, active: true };
    expect(facts({}).ownerMissing).toBe(1);
    expect(facts({ owner }).ownerMissing).toBe(0);
    expect(facts({ owner: { ...owner, active: false } }).ownerMissing).toBe(1);
  });

  it('who introduced them is leaving', () => {
    const referrers = new Map([['account:1', ['account:8', 'account:9']]]);
    expect(facts({}, { ...indexes, referrers, leaving: new Set(['account:9']) }).referrerLeaving).toBe(1);
    expect(facts({}, { ...indexes, referrers }).referrerLeaving).toBe(0);
    expect(facts({}).referrerLeaving).toBeNull();
  });
});

describe('service', () => {
  const tickets = [
    aTicket({ id: '1', openedAt: ago(40), priority: 'urgent', escalated: true }),
    aTicket({ id: '2', openedAt: ago(20), priority: 'low', escalated: false }),
    aTicket({ id: '3', openedAt: ago(5), priority: 'urgent', closedAt: ago(1), stage: 'done' }),
    aTicket({ id: '4', openedAt: ago(120), priority: 'urgent', stage: 'done', escalated: true }),
  ];

  it('open urgent ones, the oldest open one, escalations of 90 days', () => {
    expect(facts({ tickets })).toMatchObject({ openUrgentTickets: 1, oldestOpenTicketDays: 40, escalations90: 1 });
  });

  it('volume: 2 in 30 days against 2 in the 180 before (1/3 a month) is ln(3 / (4/3))', () => {
    expect(facts({ tickets }).ticketVolumeTrend).toBeCloseTo(Math.log(3 / (4 / 3)), 12);
  });

  it('no tickets is 0 where tickets are kept, and unknown where they are not', () => {
    const none = { openUrgentTickets: 0, oldestOpenTicketDays: 0, escalations90: 0, ticketVolumeTrend: 0 };
    expect(facts({})).toMatchObject(none);
    expect(facts({}, empty)).toMatchObject({ openUrgentTickets: null, escalations90: null });
  });
});

describe('delivery and price', () => {
  it('in time over 180 days, overdue now, in full', () => {
    const orders = [
      anOrder({ id: '1', orderedOn: '2026-05-01', promisedOn: '2026-05-10', shippedOn: '2026-05-10' }),
      anOrder({ id: '2', orderedOn: '2026-05-01', promisedOn: '2026-05-10', shippedOn: '2026-05-11' }),
      anOrder({ id: '3', orderedOn: '2025-05-01', promisedOn: '2025-05-10', shippedOn: '2025-05-20' }),
      anOrder({ id: '4', orderedOn: '2026-05-01', promisedOn: '2026-05-31' }),
      anOrder({ id: '5', orderedOn: '2026-05-01', promisedOn: today }),
    ];
    const orderLines = [aLine({ orderId: '1', deliveredOn: '2026-05-12', quantity: 2, deliveredQuantity: 2 })];
    expect(facts({ orders, orderLines })).toMatchObject({ onTimeShare180: 0.5, overdueLines: 1, inFullShare180: 1 });
    expect(facts({})).toMatchObject({ onTimeShare180: null, overdueLines: null, inFullShare180: null });
  });

  it('net price of the same product, discount included: 10.00 with 20 % off, later 10.00 flat, is ln(10 / 8)', () => {
    const orders = [anOrder({ id: '1', orderedOn: '2025-10-01' }), anOrder({ id: '2', orderedOn: '2026-05-01' })];
    const orderLines = [
      aLine({ orderId: '1', product: 'bolt', unitPrice: eur(10), discount: 0.2 }),
      aLine({ orderId: '2', product: 'bolt', unitPrice: eur(10) }),
      aLine({ orderId: '2', product: 'nut', unitPrice: eur(99) }),
    ];
    expect(facts({ orders, orderLines }).priceChange180).toBeCloseTo(Math.log(10 / 8), 12);
    expect(facts({ orders, orderLines: orderLines.slice(1) }).priceChange180).toBeNull();
  });
});

describe('sentiment', () => {
  it('each respondent’s latest answer of a year: (9 + 4) / 2, the newest 10 days old', () => {
    const surveys = [
      anAnswer({ id: '1', contactId: 'contact:1', score: 2, respondedAt: ago(100) }),
      anAnswer({ id: '2', contactId: 'contact:1', score: 9, respondedAt: ago(10) }),
      anAnswer({ id: '3', contactId: 'contact:2', score: 4, respondedAt: ago(300) }),
      anAnswer({ id: '4', contactId: 'contact:3', score: 0, respondedAt: ago(366) }),
      anAnswer({ id: '5', contactId: 'contact:4', kind: 'csat', score: 1, respondedAt: ago(1) }),
    ];
    expect(facts({ surveys })).toMatchObject({ npsLast: 6.5, npsAgeDays: 10 });
    expect(facts({}).npsLast).toBeNull();
  });

  it('the manager’s view', () => {
    expect(
      (['good', 'unsure', 'bad'] as const).map(
        (managerView) => facts({ account: anAccount({ managerView }) }).managerView,
      ),
    ).toEqual([-1, 0, 1]);
  });
});
