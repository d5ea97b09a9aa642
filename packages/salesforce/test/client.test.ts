import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CrmEvent } from '@holdfast/core';
import { CrmError } from '@holdfast/core';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../src/client.ts';
import type { SalesforceOptions } from '../src/options.ts';
import { query } from '../src/read/query.ts';
import { soql } from '../src/soql.ts';
import { collectionRows } from '../src/write/results.ts';

const LOGIN = 'https://acme.my.salesforce.com';
const QUERY = '/services/data/v66.0/query';
const COLLECTION = '/services/data/v66.0/composite/sobjects';
const withApp = { loginUrl: LOGIN, clientId: 'app', clientSecret: 'canary-secret' };
const withToken = { instanceUrl: LOGIN, accessToken: 'canary-token' };
const expired = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
const noRows = { totalSize: 0, done: true, records: [] };

const events: CrmEvent[] = [];
const open: Client[] = [];
async function clientWith(options: SalesforceOptions): Promise<Client> {
  const client = await createClient(options, (event) => events.push(event));
  open.push(client);
  return client;
}
const token = (accessToken: string, more: object = {}) => ({
  access_token: accessToken,
  instance_url: LOGIN,
  token_type: 'Bearer',
  ...more,
});
const read = (client: Client, signal?: AbortSignal) =>
  query(client, soql`SELECT Id FROM Account`, { purpose: 'read', signal });
const write = (client: Client) =>
  client.call({ purpose: 'write', writes: true }, async (connection) =>
    collectionRows(await connection.update('Account', [{ Id: '001000000000001AAA', Name: 'canary-value' }]), 1),
  );
const failure = async (work: Promise<unknown>): Promise<CrmError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CrmError);
  return error as CrmError;
};

beforeAll(() => nock.disableNetConnect());
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
  events.length = 0;
  nock.cleanAll();
});
afterAll(() => nock.restore());

describe('reading answers', () => {
  const bodies: readonly [string, number, nock.Body, nock.ReplyHeaders, Partial<CrmError>][] = [
    [
      'T21 the daily limit',
      403,
      [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
      {},
      { code: 'rate-limit', exhausted: true, retryable: false },
    ],
    [
      'T21 too many long calls at once',
      403,
      [
        {
          errorCode: 'REQUEST_LIMIT_EXCEEDED',
          message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
        },
      ],
      {},
      { code: 'rate-limit', exhausted: false, retryable: true, retryAfterMs: 20_000 },
    ],
    [
      'T22 429 with Retry-After',
      429,
      '',
      { 'retry-after': '7' },
      { code: 'rate-limit', retryable: true, retryAfterMs: 7000 },
    ],
    ['T22 420, which jsforce would ask again', 420, '', {}, { code: 'unavailable', retryable: true }],
    [
      'T22 503 as a page',
      503,
      '<html>busy</html>',
      { 'content-type': 'text/html' },
      { code: 'unavailable', retryable: true, outcomeUnknown: false },
    ],
    ['T22 406', 406, '', {}, { code: 'unavailable', retryable: true }],
    [
      'T22 500 with a code',
      500,
      [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'canary-value' }],
      {},
      { code: 'unavailable', retryable: true },
    ],
    ['T22 200 as a page', 200, '<html>maintenance</html>', { 'content-type': 'text/html' }, { code: 'protocol' }],
    ['T22 200 without a body', 200, '', { 'content-type': 'application/json' }, { code: 'protocol' }],
    [
      'T22 truncated JSON',
      200,
      '{"done":true,"records":[{"Id":"canary-va',
      { 'content-type': 'application/json' },
      { code: 'protocol' },
    ],
    ['T22 JSON of another shape', 200, { hello: 'canary-value' }, {}, { code: 'protocol' }],
    ['not whole and no locator', 200, { totalSize: 5, done: false, records: [] }, {}, { code: 'protocol' }],
    [
      'T12 a field hidden by field-level security',
      400,
      [{ errorCode: 'INVALID_FIELD', message: "No such column 'X' on entity 'Account'" }],
      {},
      { code: 'permission', retryable: false },
    ],
    [
      'T14 an object that is not there',
      400,
      [{ errorCode: 'INVALID_TYPE', message: "sObject type 'X' is not supported." }],
      {},
      { code: 'permission', retryable: false },
    ],
    [
      'a query that takes too long',
      400,
      [{ errorCode: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.' }],
      {},
      { code: 'unavailable', retryable: true },
    ],
    [
      'a malformed query',
      400,
      [{ errorCode: 'MALFORMED_QUERY', message: "unexpected token: 'canary-value'" }],
      {},
      { code: 'protocol', retryable: false },
    ],
    [
      'an address that is not there',
      404,
      [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      {},
      { code: 'not-found' },
    ],
    [
      'an address that is too long',
      414,
      '<html>URI too long</html>',
      { 'content-type': 'text/html' },
      { code: 'invalid' },
    ],
    [
      'API access switched off',
      403,
      [{ errorCode: 'API_DISABLED_FOR_ORG', message: 'API is not enabled for this Organization or Partner' }],
      {},
      { code: 'permission' },
    ],
    ['a redirect to another host', 302, '', { location: 'https://example.org/' }, { code: 'protocol' }],
    ['a redirect to the same host', 307, '', { location: `${LOGIN}${QUERY}` }, { code: 'protocol' }],
  ];
  it.each(bodies)('%s', async (_, status, body, headers, expected) => {
    const scope = nock(LOGIN).get(QUERY).query(true).reply(status, body, headers);
    const error = await failure(read(await clientWith(withToken)));
    expect(error).toMatchObject(expected);
    expect(`${error.message} ${JSON.stringify(error)} ${JSON.stringify(events)}`).not.toContain('canary');
    expect(scope.isDone()).toBe(true);
    expect(events.filter((event) => event.type === 'call')).toEqual([
      { type: 'call', method: 'GET', route: '/services/data/{version}/query', status, purpose: 'read' },
    ]);
  });

  it('follows the budget in the limit header', async () => {
    nock(LOGIN).get(QUERY).query(true).reply(200, noRows, { 'sforce-limit-info': 'api-usage=53/15000' });
    const client = await clientWith(withToken);
    expect(client.budget()).toEqual({ used: null, limit: null });
    await read(client);
    expect(client.budget()).toEqual({ used: 53, limit: 15_000 });
    expect(events).toContainEqual({ type: 'budget', used: 53, limit: 15_000 });
  });

  it("tells Salesforce's own clock", async () => {
    nock(LOGIN).get(QUERY).query(true).reply(200, noRows, { date: 'Fri, 01 May 2026 07:25:37 GMT' });
    expect((await read(await clientWith(withToken))).servedAt).toBe(Date.UTC(2026, 4, 1, 7, 25, 37));
  });

  it('T3 a server that pages smaller than the limit: the rest is asked for, by key', async () => {
    nock(LOGIN)
      .get(QUERY)
      .query(true)
      .reply(200, {
        totalSize: 2,
        done: false,
        nextRecordsUrl: `${QUERY}/0r8-1`,
        records: [{ Id: '001000000000001AAA' }],
      });
    expect(await read(await clientWith(withToken))).toMatchObject({ cut: true, rows: [{ Id: '001000000000001AAA' }] });
  });

  it('a child query that is cut is completed', async () => {
    const children = {
      totalSize: 2,
      done: false,
      nextRecordsUrl: `${QUERY}/0r8-1`,
      records: [{ ContactId: '003000000000001AAA' }],
    };
    nock(LOGIN)
      .get(QUERY)
      .query(true)
      .reply(200, {
        totalSize: 1,
        done: true,
        records: [{ Id: '006000000000001AAA', OpportunityContactRoles: children }],
      });
    nock(LOGIN)
      .get(`${QUERY}/0r8-1`)
      .reply(200, { totalSize: 2, done: true, records: [{ ContactId: '003000000000002AAA' }] });
    const { rows } = await read(await clientWith(withToken));
    expect(rows).toEqual([
      {
        Id: '006000000000001AAA',
        OpportunityContactRoles: {
          done: true,
          records: [{ ContactId: '003000000000001AAA' }, { ContactId: '003000000000002AAA' }],
        },
      },
    ]);
  });
});

describe('connections', () => {
  it('a dropped connection is retryable; a write is then of unknown outcome', async () => {
    nock(LOGIN)
      .get(QUERY)
      .query(true)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    nock(LOGIN)
      .patch(COLLECTION)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    const client = await clientWith(withToken);
    expect(await failure(read(client))).toMatchObject({ code: 'unavailable', retryable: true, outcomeUnknown: false });
    expect(await failure(write(client))).toMatchObject({ code: 'unavailable', retryable: true, outcomeUnknown: true });
    expect(events.map((event) => event.type === 'call' && event.status)).toEqual(['no-answer', 'no-answer']);
  });

  it('a signal that has fired asks nothing', async () => {
    const client = await clientWith(withToken);
    await expect(read(client, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(events).toEqual([]);
  });

  it('a server that never answers: ended by the signal with an AbortError, or by the timeout', async () => {
    nock.enableNetConnect('127.0.0.1');
    const server = http.createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const instanceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = await clientWith({ instanceUrl, accessToken: 'canary-token', timeoutMs: 300 });
    const controller = new AbortController();
    const reading = read(client, controller.signal);
    setTimeout(() => controller.abort(new Error('a reason of its own')), 20);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(await failure(write(client))).toMatchObject({ code: 'unavailable', outcomeUnknown: true });
    server.closeAllConnections();
    server.close();
  });

  it('a closed client refuses every call', async () => {
    const client = await clientWith(withToken);
    await client.close();
    expect(await failure(read(client))).toMatchObject({ code: 'invalid' });
  });
});

describe('writing answers', () => {
  it.each([
    ['T22 500 after the work may be done', 500, '', { outcomeUnknown: true, code: 'unavailable' }],
    ['T22 502 as a page', 502, '<html></html>', { outcomeUnknown: true, code: 'unavailable' }],
    ['T22 503 before any work', 503, '', { outcomeUnknown: false, code: 'unavailable' }],
    ['T22 an empty success', 200, '', { outcomeUnknown: true, code: 'protocol' }],
    ['T22 truncated JSON', 200, '[{"id":"001', { outcomeUnknown: true, code: 'protocol' }],
    ['too few results', 200, [], { outcomeUnknown: true, code: 'protocol' }],
    [
      'one bad value refuses the batch',
      400,
      [{ errorCode: 'JSON_PARSER_ERROR', message: 'Cannot deserialize canary-value' }],
      { code: 'invalid', splittable: true, outcomeUnknown: false },
    ],
    [
      'a field without access refuses the batch',
      400,
      [{ errorCode: 'INVALID_FIELD', message: "No such column 'X'" }],
      { code: 'permission', splittable: true },
    ],
  ])('%s', async (_, status, body, expected) => {
    nock(LOGIN)
      .patch(COLLECTION)
      .reply(status, body as nock.Body, { 'content-type': 'application/json' });
    const error = await failure(write(await clientWith(withToken)));
    expect(error).toMatchObject(expected);
    expect(error.message).not.toContain('canary');
  });
});

describe('sessions', () => {
  it('logs in with client credentials', async () => {
    nock(LOGIN)
      .post('/services/oauth2/token', {
        grant_type: 'client_credentials',
        client_id: 'app',
        client_secret: 'canary-secret',
      })
      .reply(200, token('one'));
    nock(LOGIN, { reqheaders: { authorization: 'Bearer one' } })
      .get(QUERY)
      .query(true)
      .reply(200, noRows);
    await read(await clientWith(withApp));
    expect(events).toEqual([
      { type: 'call', method: 'POST', route: '/services/oauth2/token', status: 200, purpose: 'auth' },
      { type: 'call', method: 'GET', route: '/services/data/{version}/query', status: 200, purpose: 'read' },
    ]);
  });

  it.each([
    ['bad credentials', 400, { error: 'invalid_client', error_description: 'canary-secret' }],
    [
      'a refresh token that no longer works',
      400,
      { error: 'invalid_grant', error_description: 'expired access/refresh token' },
    ],
  ])('%s are auth, without the description', async (_, status, body) => {
    nock(LOGIN).post('/services/oauth2/token').reply(status, body);
    const error = await failure(clientWith(withApp));
    expect(error).toMatchObject({ code: 'auth', retryable: false });
    expect(error.message).not.toContain('canary');
    expect(error.message).toContain(body.error);
  });

  it('an instance outside of Salesforce is not believed', async () => {
    nock(LOGIN)
      .post('/services/oauth2/token')
      .reply(200, { ...token('one'), instance_url: 'https://example.org' });
    expect(await failure(clientWith(withApp))).toMatchObject({ code: 'auth' });
  });

  it('T20 an expired session is renewed once, for all calls together', async () => {
    nock(LOGIN).post('/services/oauth2/token').reply(200, token('one'));
    nock(LOGIN, { reqheaders: { authorization: 'Bearer one' } })
      .get(QUERY)
      .query(true)
      .times(3)
      .reply(401, expired);
    nock(LOGIN).post('/services/oauth2/token').delay(20).reply(200, token('two'));
    nock(LOGIN, { reqheaders: { authorization: 'Bearer two' } })
      .get(QUERY)
      .query(true)
      .times(3)
      .reply(200, noRows);
    const client = await clientWith(withApp);
    await Promise.all([read(client), read(client), read(client)]);
    expect(events.filter((event) => event.type === 'call' && event.purpose === 'auth')).toHaveLength(2);
    expect(nock.isDone()).toBe(true);
  });

  it('T20 a renewed session that is refused too ends the call: jsforce alone would ask for ever', async () => {
    nock(LOGIN).post('/services/oauth2/token').times(2).reply(200, token('one'));
    nock(LOGIN).get(QUERY).query(true).times(9).reply(401, expired);
    expect(await failure(read(await clientWith(withApp)))).toMatchObject({ code: 'auth', retryable: false });
    expect(events).toHaveLength(4);
  });

  it("T20 a renewal that is refused says why, not jsforce's words", async () => {
    nock(LOGIN).post('/services/oauth2/token').reply(200, token('one'));
    nock(LOGIN).get(QUERY).query(true).times(2).reply(401, expired);
    nock(LOGIN).post('/services/oauth2/token').reply(400, { error: 'invalid_grant' });
    const client = await clientWith(withApp);
    const failures = await Promise.all([failure(read(client)), failure(read(client))]);
    for (const error of failures)
      expect(error).toMatchObject({ code: 'auth', message: expect.stringContaining('invalid_grant') });
  });

  it('an access token alone is not renewed', async () => {
    nock(LOGIN).get(QUERY).query(true).reply(401, expired);
    expect(await failure(read(await clientWith(withToken)))).toMatchObject({ code: 'auth', retryable: false });
    expect(events).toHaveLength(1);
  });

  it('a rotated refresh token is used next and handed to the caller', async () => {
    const handed: string[] = [];
    nock(LOGIN)
      .post('/services/oauth2/token', /refresh_token=first/)
      .reply(200, token('one', { refresh_token: 'second' }));
    nock(LOGIN, { reqheaders: { authorization: 'Bearer one' } })
      .get(QUERY)
      .query(true)
      .reply(401, expired);
    nock(LOGIN)
      .post('/services/oauth2/token', /refresh_token=second/)
      .reply(200, token('two', { refresh_token: 'third' }));
    nock(LOGIN, { reqheaders: { authorization: 'Bearer two' } })
      .get(QUERY)
      .query(true)
      .reply(200, noRows);
    await read(
      await clientWith({
        loginUrl: LOGIN,
        clientId: 'app',
        refreshToken: 'first',
        onRefreshToken: (next) => handed.push(next),
      }),
    );
    expect(handed).toEqual(['second', 'third']);
  });

  it('a write that met an expired session is sent again, for it was not carried out', async () => {
    nock(LOGIN).post('/services/oauth2/token').reply(200, token('one'));
    nock(LOGIN).patch(COLLECTION).reply(401, expired);
    nock(LOGIN).post('/services/oauth2/token').reply(200, token('two'));
    nock(LOGIN, { reqheaders: { authorization: 'Bearer two' } })
      .patch(COLLECTION)
      .reply(200, [{ id: '001000000000001AAA', success: true, errors: [] }]);
    expect(await write(await clientWith(withApp))).toHaveLength(1);
  });
});
