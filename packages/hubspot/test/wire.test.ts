import type { CrmAdapter, CrmEvent } from '@holdfast/core';
import { hubspot } from '@holdfast/hubspot';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testClock } from './sandbox-portal.ts';

const API = 'https://api.hubapi.com';
const COMPANIES = '/crm/objects/2026-03/companies';
const TOKEN = 'pat-canary-5ecret';
const json = { 'content-type': 'application/json;charset=utf-8' };

const property = (name: string, type = 'string') => ({ name, type, fieldType: 'text', label: name, groupName: 'g' });
const PROPERTIES = [
  property('name'),
  property('hs_lastmodifieddate', 'datetime'),
  property('createdate', 'datetime'),
  property('hs_merged_object_ids'),
  property('holdfast_next_step'),
  property('holdfast_health_score', 'number'),
];

let events: CrmEvent[] = [];

beforeEach(() => {
  events = [];
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

async function connect(): Promise<CrmAdapter> {
  nock(API)
    .get('/account-info/2026-03/details')
    .reply(200, { portalId: 42, timeZone: 'US/Eastern', companyCurrency: 'USD' }, json);
  nock(API).get('/crm/properties/2026-03/companies').query(true).reply(200, { results: PROPERTIES }, json);
  return hubspot.connect(
    { token: TOKEN, entities: ['account'] },
    { clock: testClock(), random: () => 0.5, log: (event) => void events.push(event) },
  );
}

const readAll = (crm: CrmAdapter) => crm.read('account', { kind: 'all', cursor: null });
const company = (id: string, properties: object = {}) => ({
  id,
  properties: {
    name: 'Ada',
    createdate: '2026-01-01T00:00:00Z',
    hs_lastmodifieddate: '2026-01-02T00:00:00.5Z',
    ...properties,
  },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-02T00:00:00.500Z',
  archived: false,
});

describe('connecting', () => {
  test('asks only for what it was told to read, by dated paths, with the token', async () => {
    const crm = await connect();
    expect(nock.isDone()).toBe(true);
    expect(crm.capabilities.org).toMatchObject({
      id: '42',
      currency: 'USD',
      timeZone: 'America/New_York',
      kind: 'unknown',
    });
    expect(Object.keys(crm.capabilities.read)).toEqual(['account']);
    expect(crm.capabilities.unavailable.contact).toContain('entities');
    expect(crm.capabilities.write.account?.fields).toEqual(['healthScore', 'nextStep']);
    expect(crm.capabilities.read.account?.missing['healthBand']).toContain('holdfast install');
  });

  test('a token that HubSpot does not accept is one clear sentence', async () => {
    nock(API).get('/account-info/2026-03/details').reply(401, { category: 'INVALID_AUTHENTICATION' }, json);
    const refused = hubspot.connect({ token: TOKEN }, { clock: testClock(), random: () => 0.5, log: () => {} });
    await expect(refused).rejects.toMatchObject({ name: 'CrmError', code: 'auth', retryable: false });
  });

  test('a bad moment while probing is no missing feature', async () => {
    nock(API).get('/account-info/2026-03/details').reply(200, { portalId: 42 }, json);
    nock(API).get('/crm/properties/2026-03/companies').query(true).reply(503, '<html/>');
    const refused = hubspot.connect(
      { token: TOKEN, entities: ['account'] },
      { clock: testClock(), random: () => 0.5, log: () => {} },
    );
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', retryable: true });
  });
});

describe('T25 reading', () => {
  test('names every property, the merge property too, and sends the token', async () => {
    const crm = await connect();
    nock(API, { reqheaders: { authorization: `Bearer ${TOKEN}` } })
      .get(COMPANIES)
      .query((query) => {
        expect([query['properties']].flat()).toEqual(expect.arrayContaining(['hs_merged_object_ids', 'name']));
        expect(query).toMatchObject({ limit: '100', archived: 'false' });
        return true;
      })
      .reply(
        200,
        { results: [company('1', { hs_merged_object_ids: '7;8' })] },
        { ...json, date: 'Mon, 02 Nov 2026 09:00:00 GMT' },
      );
    const page = await readAll(crm);
    expect(page.records).toMatchObject([
      { id: 'company:1', name: 'Ada', updatedAt: Date.UTC(2026, 0, 2, 0, 0, 0, 500) },
    ]);
    expect(page.gone.map((gone) => [gone.id, gone.mergedInto])).toEqual([
      ['company:7', 'company:1'],
      ['company:8', 'company:1'],
    ]);
    expect(page.servedAt).toBe(Date.UTC(2026, 10, 2, 9));
  });

  test('T11 an empty page that repeats its cursor ends the read', async () => {
    const crm = await connect();
    const stuck = { results: [], paging: { next: { after: '5', link: 'x' } } };
    nock(API).get(COMPANIES).query(true).twice().reply(200, stuck, json);
    const first = await readAll(crm);
    expect(first.next).not.toBeNull();
    expect((await crm.read('account', { kind: 'all', cursor: first.next })).next).toBeNull();
  });

  test('changes are asked for in milliseconds as text, sorted and continued by record id', async () => {
    const crm = await connect();
    const bodies: Record<string, unknown>[] = [];
    const full = { results: [company('9'), company('10')], paging: { next: { after: '2' } } };
    nock(API)
      .post(`${COMPANIES}/search`, (body) => bodies.push(body) > 0)
      .reply(200, full, json)
      .post(`${COMPANIES}/search`, (body) => bodies.push(body) > 0)
      .reply(200, { results: [] }, json);
    const request = { kind: 'changed', since: 1000, until: 2000 } as const;
    const first = await crm.read('account', { ...request, cursor: null });
    expect((await crm.read('account', { ...request, cursor: first.next })).next).toBeNull();
    const window = [
      { propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: '1000' },
      { propertyName: 'hs_lastmodifieddate', operator: 'LT', value: '2000' },
    ];
    expect(bodies[0]).toMatchObject({
      filterGroups: [{ filters: window }],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      limit: 200,
    });
    expect(bodies[1]).toMatchObject({
      filterGroups: [{ filters: [...window, { propertyName: 'hs_object_id', operator: 'GT', value: '10' }] }],
    });
    expect(bodies.every((body) => body['after'] === undefined)).toBe(true);
  });

  test('T50 HTML with status 200 is an error, never an empty page', async () => {
    const crm = await connect();
    nock(API).get(COMPANIES).query(true).reply(200, '<html>maintenance</html>', { 'content-type': 'text/html' });
    await expect(readAll(crm)).rejects.toMatchObject({ code: 'protocol', retryable: true });
    nock(API).get(COMPANIES).query(true).reply(200, {}, json);
    await expect(readAll(crm)).rejects.toMatchObject({ code: 'protocol' });
  });

  test('a redirect is not followed: the other host never hears of us', async () => {
    const crm = await connect();
    const elsewhere = nock('https://elsewhere.example.org').get('/').query(true).reply(200, {});
    nock(API).get(COMPANIES).query(true).reply(307, '', { location: 'https://elsewhere.example.org/' });
    await expect(readAll(crm)).rejects.toMatchObject({ code: 'protocol' });
    expect(elsewhere.isDone()).toBe(false);
  });

  test('T42 a 429 names its wait, is not tried again, and the limits of the headers are told', async () => {
    const crm = await connect();
    const daily = { 'x-hubspot-ratelimit-daily': '250000', 'x-hubspot-ratelimit-daily-remaining': '249000' };
    const limited = { status: 'error', policyName: 'TEN_SECONDLY_ROLLING', message: 'limit' };
    nock(API)
      .get(COMPANIES)
      .query(true)
      .once()
      .reply(429, limited, { ...json, ...daily });
    await expect(readAll(crm)).rejects.toMatchObject({ code: 'rate-limit', retryable: true, retryAfterMs: 10_000 });
    expect(events).toContainEqual({ type: 'budget', used: 1000, limit: 250_000 });
    expect(events.filter((event) => event.type === 'call' && event.status === 429)).toHaveLength(1);
  });

  test('a dropped connection is unavailable; nothing of the token is in error or events', async () => {
    const crm = await connect();
    nock(API)
      .get(COMPANIES)
      .query(true)
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    const error = await readAll(crm).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'unavailable', retryable: true, outcomeUnknown: false });
    expect(JSON.stringify([error, String(error), events])).not.toContain('canary');
    expect(events.at(-1)).toEqual({
      ...{ type: 'call', method: 'GET', route: '/crm/objects/{version}/companies' },
      ...{ status: 'no-answer', purpose: 'read' },
    });
  });
});

describe('T48 writing', () => {
  const write = (id: string, nextStep: string | null) => ({
    key: `k${id}`,
    target: { id: `company:${id}` },
    set: { nextStep },
  });

  test('results come in any order, errors stand in the body of a 200, and the rest is unprocessed', async () => {
    const crm = await connect();
    nock(API)
      .post(`${COMPANIES}/batch/update`, {
        inputs: [
          { id: '1', properties: { holdfast_next_step: 'Call' } },
          { id: '2', properties: { holdfast_next_step: '' } },
          { id: '3', properties: { holdfast_next_step: 'Mail' } },
          { id: '4', properties: { holdfast_next_step: 'Meet' } },
        ],
      })
      .reply(
        200,
        {
          status: 'COMPLETE',
          results: [company('4'), company('1')],
          numErrors: 1,
          errors: [{ category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['2'] } }],
        },
        json,
      );
    const results = await crm.write('account', [
      write('1', 'Call'),
      write('2', null),
      write('3', 'Mail'),
      write('4', 'Meet'),
    ]);
    expect(results.map((result) => [result.key, result.status])).toEqual([
      ['k1', 'written'],
      ['k2', 'failed'],
      ['k3', 'unprocessed'],
      ['k4', 'written'],
    ]);
    expect(results[1]).toMatchObject({ error: { code: 'not-found' } });
  });

  test('a batch that is refused whole may be split; alone, the write has failed', async () => {
    const crm = await connect();
    const bad = { category: 'VALIDATION_ERROR', message: 'no' };
    nock(API).post(`${COMPANIES}/batch/update`).twice().reply(400, bad, json);
    await expect(crm.write('account', [write('1', 'a'), write('2', 'b')])).rejects.toMatchObject({ splittable: true });
    expect(await crm.write('account', [write('1', 'a')])).toMatchObject([
      { status: 'failed', error: { code: 'invalid' } },
    ]);
  });

  test('an id twice in one batch is sent once, with the later value', async () => {
    const crm = await connect();
    const sent = { inputs: [{ id: '1', properties: { holdfast_next_step: 'second' } }] };
    nock(API)
      .post(`${COMPANIES}/batch/update`, sent)
      .reply(200, { results: [company('1')] }, json);
    const results = await crm.write('account', [write('1', 'first'), { ...write('1', 'second'), key: 'again' }]);
    expect(results.map(({ status }) => status)).toEqual(['written', 'written']);
  });

  test('a lost answer leaves the outcome unknown, and the write is not sent again', async () => {
    const crm = await connect();
    nock(API)
      .post(`${COMPANIES}/batch/update`)
      .once()
      .replyWithError(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
    await expect(crm.write('account', [write('1', 'a')])).rejects.toMatchObject({ outcomeUnknown: true });
    expect(events.filter((event) => event.type === 'call' && event.purpose === 'write')).toHaveLength(1);
  });

  test('a field that is not ours, or not installed, is not sent', async () => {
    const crm = await connect();
    const foreign = [{ key: 'k', target: { id: 'company:1' }, set: { healthBand: 'watch' as const } }];
    expect(await crm.write('account', foreign)).toMatchObject([{ status: 'failed', error: { code: 'invalid' } }]);
    const strange = [{ key: 'k', target: { id: 'deal:1' }, set: { nextStep: 'x' } }];
    expect(await crm.write('account', strange)).toMatchObject([{ status: 'failed', error: { code: 'invalid' } }]);
  });
});
