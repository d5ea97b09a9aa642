import type { Book } from '../src/book/index.ts';
import { createHubSpot, type HubSpotEmulator, type HubSpotOptions, sandboxToken } from '../src/hubspot/index.ts';
import { judge } from './judged.ts';

/** A clock that a test moves. */
export interface TestClock {
  now(): number;
  advance(ms: number): void;
}

/** A clock standing at an instant. */
export function testClock(at = '2026-11-02T09:00:00.000Z'): TestClock {
  let now = Date.parse(at);
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}

/** A book without anything in it. */
export const emptyBook: Book = {
  owners: [],
  accounts: [],
  contacts: [],
  opportunities: [],
  opportunityLines: [],
  contracts: [],
  orders: [],
  orderLines: [],
  tickets: [],
  activities: [],
  surveys: [],
  usage: [],
  referrals: [],
};

const dates = { createdAt: '2025-01-10T08:00:00.000Z', updatedAt: '2026-10-01T08:00:00.000Z' };

/** A book small enough to know by heart: two customers, a prospect, their people, deals, an order and a referral. */
export const smallBook: Book = {
  ...emptyBook,
  owners: [
    { id: 'o1', name: 'Ada Berg', email: 'ada@example.com', active: true },
    { id: 'o2', name: 'Bo Lind', email: 'bo@example.com', active: false },
  ],
  accounts: [
    {
      id: 'a1',
      name: 'Acme',
      domain: 'acme.example.com',
      type: 'customer',
      ownerId: 'o1',
      industry: 'Machinery',
      ...dates,
    },
    { id: 'a2', name: 'Bolt', domain: 'bolt.example.com', type: 'customer', parentId: 'a1', ...dates },
    {
      id: 'a3',
      name: 'Cole',
      domain: 'cole.example.com',
      type: 'prospect',
      ...dates,
      updatedAt: '2026-10-02T08:00:00.000Z',
    },
  ],
  contacts: [
    {
      id: 'c1',
      accountId: 'a1',
      otherAccountIds: ['a2'],
      firstName: 'Cy',
      email: 'cy@example.com',
      role: 'champion',
      ...dates,
    },
    { id: 'c2', accountId: 'a3', firstName: 'Di', lastName: 'Ek', email: 'di@example.com', ...dates },
    { id: 'c3', firstName: 'No', lastName: 'Body', ...dates },
  ],
  opportunities: [
    {
      id: 'd1',
      accountId: 'a1',
      ownerId: 'o1',
      contactIds: ['c1'],
      name: 'Acme renewal',
      kind: 'renewal',
      stage: 'proposal',
      amount: 1200,
      currency: 'EUR',
      closeOn: '2026-12-01',
      ...dates,
    },
    {
      id: 'd2',
      accountId: 'a3',
      contactIds: ['c2'],
      name: 'Cole first',
      kind: 'new',
      stage: 'won',
      amount: 500,
      currency: 'USD',
      source: 'Referral',
      closeOn: '2026-09-01',
      ...dates,
    },
  ],
  opportunityLines: [{ id: 'l1', opportunityId: 'd1', product: 'Seats', quantity: 10, unitPrice: 120, ...dates }],
  contracts: [
    {
      id: 'k1',
      accountId: 'a1',
      status: 'active',
      startsOn: '2025-12-01',
      endsOn: '2026-12-01',
      annualValue: 1200,
      currency: 'EUR',
      noticeDays: 30,
      autoRenews: true,
      ...dates,
    },
  ],
  orders: [
    {
      id: 'r1',
      accountId: 'a1',
      number: 'N-1',
      status: 'shipped',
      orderedOn: '2026-08-01',
      promisedOn: '2026-08-10',
      shippedOn: '2026-08-12',
      ...dates,
    },
  ],
  orderLines: [
    {
      id: 'rl1',
      orderId: 'r1',
      product: 'Pump',
      kind: 'goods',
      quantity: 2,
      unitPrice: 40,
      discount: 0.15,
      shippedOn: '2026-08-12',
      ...dates,
    },
  ],
  tickets: [
    {
      id: 't1',
      accountId: 'a1',
      contactId: 'c1',
      subject: 'Leak',
      priority: 'high',
      status: 'open',
      openedAt: '2026-09-09T09:00:00Z',
      updatedAt: '2026-09-09T09:00:00Z',
    },
  ],
  activities: [
    {
      id: 'v1',
      accountId: 'a1',
      contactIds: ['c1'],
      kind: 'call',
      direction: 'outbound',
      subject: 'Check-in',
      occurredAt: '2026-09-20T10:00:00Z',
      createdAt: '2026-09-20T10:05:00Z',
      updatedAt: '2026-09-20T10:05:00Z',
    },
  ],
  surveys: [{ id: 's1', accountId: 'a1', contactId: 'c1', kind: 'nps', score: 9, respondedAt: '2026-07-01T10:00:00Z' }],
  usage: [
    { accountId: 'a1', periodOn: '2026-08-01', seatsBought: 10, seatsUsed: 8, recordedAt: '2026-09-01T00:00:00Z' },
    { accountId: 'a1', periodOn: '2026-09-01', seatsBought: 10, seatsUsed: 6, recordedAt: '2026-10-01T00:00:00Z' },
  ],
  referrals: [
    {
      id: 'f1',
      referrerContactId: 'c1',
      referredContactId: 'c2',
      referredAccountId: 'a3',
      opportunityId: 'd2',
      evidence: 'association',
      claimedAt: '2026-08-01T00:00:00Z',
    },
  ],
};

/** What came back from a call. */
interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

/** A test's account and a short way to call it. */
export interface Account {
  readonly hubspot: HubSpotEmulator;
  readonly clock: TestClock;
  call(method: string, pathAndQuery: string, body?: unknown, token?: string): Answer;
}

/** An account to test against; limits are off unless asked for, and every answer is judged by the client's declarations. */
export function account(
  options: Partial<Omit<HubSpotOptions, 'clock'>> & { readonly clock?: TestClock; readonly judged?: boolean } = {},
): Account {
  const clock = options.clock ?? testClock();
  const judged = options.judged ?? true;
  const hubspot = createHubSpot({ tier: 'professional', rateLimits: false, ...options, clock });
  return {
    hubspot,
    clock,
    call(method, pathAndQuery, body, token = sandboxToken) {
      const [path = '', query = ''] = pathAndQuery.split('?');
      const response = hubspot.handle({
        method,
        path,
        query: new URLSearchParams(query),
        headers: { authorization: `Bearer ${token}` },
        body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = String(response.body);
      const json = response.headers['Content-Type']?.startsWith('application/json') && text !== '';
      const parsed: unknown = json ? JSON.parse(text) : text;
      if (judged) judge(method, path, response.status, parsed);
      return { status: response.status, body: parsed, headers: response.headers };
    },
  };
}

/** Makes companies with a name each and returns their ids. */
export function companies(target: Account, count: number): string[] {
  return Array.from({ length: count }, (_, index) => target.hubspot.create('companies', { name: `Company ${index}` }));
}
