import http from 'node:http';
import { Client } from '@hubspot/api-client';
import jsforce from 'jsforce';
import { setDispatcher } from 'jsforce/lib/request.js';
import undici from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../src/faults/index.ts';
import { faultsOff, faultsOnce, seededFaults } from '../src/faults/index.ts';
import { createHubSpot, type HubSpotEmulator, sandboxToken } from '../src/hubspot/index.ts';
import { createSalesforce } from '../src/salesforce/index.ts';
import { inProcess, listen } from '../src/server/index.ts';
import { smallBook, testClock } from './hubspot-support.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const hub = (): HubSpotEmulator =>
  createHubSpot({ book: smallBook, tier: 'professional', clock: testClock(), rateLimits: false });

function way(hubspot: HubSpotEmulator, kind?: FaultKind) {
  const opened = inProcess({ emulator: hubspot, faults: kind === undefined ? faultsOff : faultsOnce([{ kind }]) });
  closers.push(() => opened.close());
  return opened;
}

const clientOf = (opened: ReturnType<typeof way>) =>
  new Client({ accessToken: sandboxToken, basePath: opened.origin, httpAgent: opened.httpAgent });

describe('in process', () => {
  it('the real @hubspot/api-client reaches the emulator, over plain http and over an https address', async () => {
    const opened = way(hub());
    expect((await clientOf(opened).crm.companies.basicApi.getPage(10)).results.length).toBe(3);
    const secure = new Client({ accessToken: sandboxToken, httpAgent: opened.httpsAgent });
    expect((await secure.crm.companies.basicApi.getPage(10)).results.length).toBe(3);
  });

  it('the Date header tells the clock of the account, not that of the machine', async () => {
    const clock = testClock('1998-05-06T18:00:00.000Z');
    const opened = way(createHubSpot({ tier: 'professional', clock, rateLimits: false }));
    const agent = opened.httpAgent;
    const dates = ['/crm/v3/owners', '/nowhere'].map(
      (path) =>
        new Promise((resolve) => http.get(`${opened.origin}${path}`, { agent }, (it) => resolve(it.headers.date))),
    );
    expect(await Promise.all(dates)).toEqual(dates.map(() => 'Wed, 06 May 1998 18:00:00 GMT'));
  });

  it('undici, which jsforce uses, reaches it through `connect`', async () => {
    const opened = way(hub());
    const dispatcher = new undici.Agent({ connect: opened.undiciConnect as never });
    const headers = { authorization: `Bearer ${sandboxToken}` };
    const answer = await undici.request(`${opened.origin}/crm/objects/2026-09/companies`, { dispatcher, headers });
    expect(((await answer.body.json()) as { results: unknown[] }).results.length).toBe(3);
    await dispatcher.close();
  });

  it('the real jsforce reaches a Salesforce emulator the same way', async () => {
    const salesforce = createSalesforce({ edition: 'enterprise', clock: testClock(), book: smallBook });
    const opened = inProcess({ emulator: salesforce, faults: faultsOff });
    closers.push(() => opened.close());
    setDispatcher(new undici.Agent({ connect: opened.undiciConnect as never }));
    closers.push(() => setDispatcher(undefined));
    const connection = new jsforce.Connection({
      instanceUrl: opened.origin,
      accessToken: 'sandbox-token',
      version: '66.0',
      maxRequest: 1,
    });
    const { records } = await connection.query('SELECT Name FROM Account ORDER BY Name');
    expect(records.map((record) => record['Name'])).toEqual(['Acme', 'Bolt', 'Cole']);
  });

  it('401 calls in a row are answered; their median time is printed', async () => {
    const client = clientOf(way(hub()));
    const times: number[] = [];
    for (let i = 0; i < 401; i += 1) {
      const started = performance.now();
      expect((await client.crm.companies.basicApi.getPage(10)).results).toBeDefined();
      times.push(performance.now() - started);
    }
    const ms = times.sort((a, b) => a - b)[200] ?? 0;
    console.log(`in process: ${ms.toFixed(3)} ms a call`);
  });

  it('many calls at once are answered apart', async () => {
    const client = clientOf(way(hub()));
    const pages = await Promise.all(Array.from({ length: 50 }, () => client.crm.contacts.basicApi.getPage(1)));
    expect(pages.every((page) => page.results.length === 1)).toBe(true);
  });

  it('T50 a hung call ends when its agent is destroyed, and when the way is closed', async () => {
    const opened = way(hub(), 'hang');
    const agent = Object.assign(new http.Agent({ keepAlive: true }), {
      createConnection: opened.connect,
    }) as http.Agent;
    const client = new Client({ accessToken: sandboxToken, basePath: opened.origin, httpAgent: agent });
    const call = client.crm.companies.basicApi.getPage(1);
    setTimeout(() => agent.destroy(), 20);
    await expect(call).rejects.toMatchObject({ code: 'ECONNRESET' });
    const other = way(hub(), 'hang');
    const hung = clientOf(other).crm.companies.basicApi.getPage(1);
    setTimeout(() => other.close(), 20);
    await expect(hung).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('T50 an agent with a timeout is told of silence', async () => {
    const opened = way(hub(), 'hang');
    const agent = Object.assign(new http.Agent({ timeout: 30 }), { createConnection: opened.connect }) as http.Agent;
    const timedOut = await new Promise((resolve) => {
      const request = http.get(`${opened.origin}/x`, { agent });
      request.on('timeout', () => {
        resolve(true);
        request.destroy();
      });
      request.on('error', () => resolve(false));
    });
    expect(timedOut).toBe(true);
  });
});

describe('faults', () => {
  const create = (opened: ReturnType<typeof way>) =>
    clientOf(opened).crm.companies.basicApi.create({ properties: { name: 'New' }, associations: [] });

  for (const [kind, committed] of [
    ['drop-before', 0],
    ['drop-after', 1],
    ['truncate', 1],
    ['server-error-before', 0],
    ['server-error-after', 1],
    ['bad-gateway-html', 0],
    ['rate-limit-html', 0],
    ['rate-limit-burst', 0],
    ['rate-limit-daily', 0],
    ['token-expired', 0],
    ['locked', 0],
  ] as const) {
    it(`T46 T47 T50 ${kind}: the call fails and ${committed === 0 ? 'nothing was' : 'the record was'} created; the next call works`, async () => {
      const hubspot = hub();
      const opened = way(hubspot, kind);
      await expect(create(opened)).rejects.toBeDefined();
      expect(hubspot.ids('companies').length).toBe(3 + committed);
      await expect(create(opened)).resolves.toMatchObject({ properties: { name: 'New' } });
    });
  }

  it('T42 the answers of each kind of 429 are the vendor’s own', () => {
    const hubspot = hub();
    const body = (kind: FaultKind) => String(hubspot.faultResponse(kind).body);
    expect(JSON.parse(body('rate-limit-burst'))).toMatchObject({
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
    });
    expect(JSON.parse(body('rate-limit-burst'))).not.toHaveProperty('category');
    expect(JSON.parse(body('rate-limit-daily'))).toMatchObject({ policyName: 'DAILY' });
    expect(JSON.parse(body('rate-limit-search'))).toMatchObject({
      category: 'RATE_LIMITS',
      message: 'You have reached your secondly limit.',
    });
    expect(body('rate-limit-html')).toContain('<html>');
  });

  it('seeded faults are the same for the same seed, other for another, and end with the calm', () => {
    const fates = (seed: number) => {
      const plan = seededFaults(seed, { 'drop-after': 0.2, hang: 0.1 }, 900);
      return Array.from({ length: 1000 }, (_, index) => plan.next({ method: 'GET', path: '/', number: index + 1 }));
    };
    expect(fates(7)).toEqual(fates(7));
    expect(fates(7)).not.toEqual(fates(8));
    const struck = fates(7).filter((fate) => fate !== undefined).length;
    expect(struck).toBeGreaterThan(220);
    expect(struck).toBeLessThan(320);
    expect(
      fates(7)
        .slice(900)
        .every((fate) => fate === undefined),
    ).toBe(true);
  });

  it('a switch fires for the nth matching request only', () => {
    const plan = faultsOnce([{ kind: 'hang', method: 'POST', path: '/batch/', nth: 2, times: 2 }]);
    const next = (method: string, path: string) => plan.next({ method, path, number: 0 });
    expect([
      next('POST', '/batch/read'),
      next('GET', '/batch/'),
      next('POST', '/x'),
      next('POST', '/batch/read'),
    ]).toEqual([undefined, undefined, undefined, 'hang']);
    expect([next('POST', '/batch/read'), next('POST', '/batch/read')]).toEqual(['hang', undefined]);
  });
});

describe('listening', () => {
  it('answers on the loopback address, and says which port is in use', async () => {
    const first = await listen({ emulator: hub(), faults: faultsOff });
    closers.push(() => first.close());
    expect(first.origin).toBe(`http://127.0.0.1:${first.port}`);
    const client = new Client({ accessToken: sandboxToken, basePath: first.origin });
    expect((await client.crm.contacts.basicApi.getPage(10)).results.length).toBe(3);
    await expect(listen({ emulator: hub(), faults: faultsOff, port: first.port })).rejects.toThrow(
      `Port ${first.port} is in use: stop what listens there, or choose another port.`,
    );
  });
});
