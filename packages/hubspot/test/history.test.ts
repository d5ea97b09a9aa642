import type { CrmAdapter, FieldChange, Page, ReadRequest } from '@holdfast/core';
import { hubspot } from '@holdfast/hubspot';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { START, type TestPortal, testClock, testPortal } from './sandbox-portal.ts';

const API = 'https://api.hubapi.com';
const DEALS = '/crm/objects/2026-03/deals';
const json = { 'content-type': 'application/json;charset=utf-8' };
const DAY = 86_400_000;

const property = (name: string, type = 'string') => ({ name, type, fieldType: 'text', label: name, groupName: 'g' });
const SCHEMAS = {
  companies: ['createdate', 'hs_lastmodifieddate', 'hs_merged_object_ids', 'name', 'renewal_date'],
  deals: ['createdate', 'hs_lastmodifieddate', 'hs_merged_object_ids', 'dealstage', 'amount', 'deal_currency_code'],
};
const version = (value: string, timestamp: string) => ({
  ...{ value, timestamp, sourceType: 'CRM_UI', sourceId: 'userId:7', updatedByUserId: 7 },
});
/** A record as HubSpot answers it when it is asked for history: newest version first. */
const raw = (id: string, propertiesWithHistory: object, merged: string | null = null) => ({
  id,
  properties: { hs_object_id: id, hs_merged_object_ids: merged },
  propertiesWithHistory,
  createdAt: '2025-01-01T00:00:00Z',
  updatedAt: '2025-12-01T00:00:00Z',
  archived: false,
});

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

async function connect(): Promise<CrmAdapter> {
  nock(API)
    .get('/account-info/2026-03/details')
    .reply(200, { portalId: 42, timeZone: 'UTC', companyCurrency: 'USD' }, json);
  for (const [path, names] of Object.entries(SCHEMAS)) {
    const results = names.map((name) => property(name));
    nock(API).get(`/crm/properties/2026-03/${path}`).query(true).reply(200, { results }, json);
  }
  nock(API).get('/crm/properties/2026-03/tickets').query(true).reply(403, { category: 'MISSING_SCOPES' }, json);
  nock(API).get('/crm/pipelines/2026-03/deals').query(true).reply(200, { results: [] }, json);
  return hubspot.connect(
    {
      token: 'pat-canary-5ecret',
      entities: ['account', 'opportunity', 'fieldChange'],
      fields: { account: { renewalOn: 'renewal_date' } },
    },
    { clock: testClock(), random: () => 0.5, log: () => {} },
  );
}

const told = ({ records }: Pick<Page<'fieldChange'>, 'records'>) =>
  records
    .filter(({ recordId }) => recordId !== null)
    .map(({ recordId, field, kind, at, before, after }) => [recordId, field, kind, iso(at), before, after]);
const iso = (at: number) => new Date(at).toISOString().slice(0, 10);
const quoted = (text: string) => JSON.stringify(text);

describe('history on the wire', () => {
  test('the list is asked for fifty records with history, by its own properties alone', async () => {
    const crm = await connect();
    let asked = new URLSearchParams();
    nock(API)
      .get('/crm/objects/2026-03/companies')
      .query((query) => {
        asked = new URLSearchParams(query as Record<string, string>);
        return true;
      })
      .reply(200, {
        results: [
          raw('1', {
            name: [version('Ada Ltd', '2025-03-01T00:00:00Z'), version('Ada', '2025-01-01T00:00:00Z')],
            renewal_date: [],
          }),
        ],
      });
    const page = await crm.read('fieldChange', { kind: 'all', cursor: null });
    expect(asked.get('limit')).toBe('50');
    expect(asked.get('propertiesWithHistory')?.split(',').sort()).toEqual(['name', 'renewal_date']);
    expect(told(page)).toEqual([
      ['company:1', 'account.name', 'change', '2025-01-01', null, quoted('Ada')],
      ['company:1', 'account.name', 'change', '2025-03-01', quoted('Ada'), quoted('Ada Ltd')],
    ]);
    const kept = page.records
      .filter(({ recordId }) => recordId === null)
      .map(({ field, kind, at }) => [field, kind, at]);
    expect(kept).toContainEqual(['account.renewalOn', 'start', 0]);
    expect(kept).toContainEqual(['opportunity.amount', 'start', 0]);
    expect(page.next).not.toBeNull();
  });

  test('changed records are searched for, and their history is read in one batch of fifty', async () => {
    const crm = await connect();
    nock(API).post('/crm/objects/2026-03/companies/search').reply(200, { total: 0, results: [] }, json);
    nock(API)
      .post(`${DEALS}/search`)
      .reply(200, { total: 1, results: [{ id: '5', properties: { hs_object_id: '5' } }] }, json);
    let body: { propertiesWithHistory?: string[]; inputs?: object[] } = {};
    nock(API)
      .post(`${DEALS}/batch/read`, (sent: typeof body) => {
        body = sent;
        return true;
      })
      .reply(
        200,
        {
          status: 'COMPLETE',
          results: [
            raw('5', {
              dealstage: [version('closedwon', '2025-06-01T00:00:00Z'), version('open', '2025-01-01T00:00:00Z')],
              amount: [version('1200.50', '2025-02-01T00:00:00Z')],
              deal_currency_code: [version('EUR', '2025-02-01T00:00:00Z'), version('USD', '2025-01-01T00:00:00Z')],
            }),
          ],
        },
        json,
      );
    const first = await crm.read('fieldChange', { kind: 'changed', since: 0, until: START, cursor: null });
    const page = await crm.read('fieldChange', { kind: 'changed', since: 0, until: START, cursor: first.next });
    expect(first.records).toEqual([]);
    expect(body.inputs).toEqual([{ id: '5' }]);
    expect([...(body.propertiesWithHistory ?? [])].sort()).toEqual(['amount', 'deal_currency_code', 'dealstage']);
    expect(told(page)).toEqual([
      ['deal:5', 'opportunity.stage', 'change', '2025-01-01', null, quoted('open')],
      ['deal:5', 'opportunity.stage', 'change', '2025-06-01', quoted('open'), quoted('closedwon')],
      // the currency alone is no amount; both together are one, from when both stood
      ['deal:5', 'opportunity.amount', 'change', '2025-02-01', null, '{"currency":"EUR","minor":120050}'],
    ]);
    expect(page.next).toBeNull();
  });

  test('twenty versions may be the last of more, and a merged record has lost its own: what was before is not said', async () => {
    const crm = await connect();
    const many = Array.from({ length: 20 }, (_, n) =>
      version(`Name ${20 - n}`, new Date(Date.UTC(2025, 0, 30 - n)).toISOString()),
    );
    const merged = raw('3', { name: [version('Two', '2025-05-01T00:00:00Z')], renewal_date: [] }, '1;2');
    nock(API)
      .get('/crm/objects/2026-03/companies')
      .query(true)
      .reply(200, { results: [raw('2', { name: many, renewal_date: [] }), merged] });
    const rows = told(await crm.read('fieldChange', { kind: 'all', cursor: null }));
    expect(rows[0]).toEqual(['company:2', 'account.name', 'start', '2025-01-11', null, quoted('Name 1')]);
    expect(rows[1]).toEqual(['company:2', 'account.name', 'change', '2025-01-12', quoted('Name 1'), quoted('Name 2')]);
    expect(rows).toHaveLength(22);
    expect(rows[20]).toEqual(['company:3', 'account.name', 'start', '2025-05-01', null, quoted('Two')]);
    // nothing is held and no version tells since when: sure since the record was last edited
    expect(rows[21]).toEqual(['company:3', 'account.renewalOn', 'start', '2025-12-01', null, null]);
  });

  test('a value that cannot be read ends what is known until the next that can', async () => {
    const crm = await connect();
    const renewal_date = [
      version('2026-01-31', '2025-04-01T00:00:00Z'),
      version('soon', '2025-03-01T00:00:00Z'),
      version('2025-12-31', '2025-02-01T00:00:00Z'),
    ];
    nock(API)
      .get('/crm/objects/2026-03/companies')
      .query(true)
      .reply(200, { results: [raw('1', { name: [], renewal_date })] });
    const rows = told(await crm.read('fieldChange', { kind: 'all', cursor: null }));
    expect(rows).toEqual([
      ['company:1', 'account.renewalOn', 'change', '2025-02-01', null, quoted('2025-12-31')],
      ['company:1', 'account.renewalOn', 'start', '2025-04-01', null, quoted('2026-01-31')],
    ]);
  });
});

describe('history of a portal', () => {
  let portal: TestPortal;
  afterEach(() => portal.close());

  async function drain(crm: CrmAdapter): Promise<readonly FieldChange[]> {
    const rows: FieldChange[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<'fieldChange'> = await crm.read('fieldChange', { kind: 'all', cursor });
      rows.push(...page.records);
      cursor = page.next;
    } while (cursor !== null);
    return rows;
  }

  test('costs 20 calls for 1,000 records, and 25 for 1,000 that changed', async () => {
    portal = testPortal({ tier: 'enterprise', rateLimits: false });
    for (let n = 0; n < 1_000; n++) portal.emulator.create('companies', { name: `Company ${n}` });
    const crm = await portal.connect({ entities: ['account', 'fieldChange'] });
    const readCalls = () => portal.events.filter((it) => it.type === 'call' && it.purpose === 'read').length;
    await drain(crm);
    expect(readCalls()).toBe(20);
    portal.clock.advance(DAY);
    let cursor: string | null = null;
    do {
      const window: ReadRequest = { kind: 'changed', since: 0, until: portal.clock.now(), cursor };
      const page: Page<'fieldChange'> = await crm.read('fieldChange', window);
      cursor = page.next;
    } while (cursor !== null);
    // the last search finds nothing more: a full page may have a next one
    expect(readCalls() - 20).toBeLessThanOrEqual(26);
  });
});
