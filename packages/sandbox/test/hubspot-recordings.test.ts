import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createHubSpot, defineObject, type HubSpotEmulator } from '../src/hubspot/index.ts';
import { text } from '../src/hubspot/schema/kinds.ts';
import { bareRecord, nextVersion, withValues } from '../src/hubspot/state/commit.ts';
import { tableNamed } from '../src/hubspot/state/portal.ts';
import type { HubRecord } from '../src/hubspot/state/record.ts';
import { load } from '../src/hubspot/state/search-index.ts';
import type { Table } from '../src/hubspot/state/table.ts';
import { alike } from './alike.ts';
import { testClock } from './hubspot-support.ts';

const file = new URL('../../../../shared/data/recordings/hubspot.ndjson.gz', import.meta.url);

interface Pair {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: recorded bodies of every shape
  readonly request: any;
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: recorded bodies of every shape
  readonly response: any;
}

/** The recorded account's own object, and the properties that its recordings show. */
const ownObject = defineObject({
  id: '2-3604285',
  name: 'grouparoo_object',
  singular: 'p20858235_grouparoo_object',
  labels: { singular: 'Grouparoo object', plural: 'Grouparoo objects' },
  group: 'grouparoo_object_information',
  scope: 'custom',
  idBase: 859_000_000,
  searchable: ['grouparoo_object_property'],
  required: ['grouparoo_object_property'],
  properties: [
    text('hs_object_id', 'Record ID'),
    text('hs_createdate', 'Created'),
    text('hs_lastmodifieddate', 'Modified'),
  ],
});

const otherObject = defineObject({
  ...ownObject,
  id: '2-3821545',
  name: 'grouparoo_company',
  singular: 'p20858235_grouparoo_company',
  idBase: 870_000_000,
});

const own = (names: readonly string[]) => names.map((name) => text(name, name));

/** The recorded account before the pair: its objects and custom properties, without records. */
function recordedAccount(): HubSpotEmulator {
  return createHubSpot({
    tier: 'enterprise',
    clock: testClock('2022-02-17T19:00:00.000Z'),
    portalId: 20_858_235,
    rateLimits: false,
    customObjects: [ownObject, otherObject],
    customFields: {
      contacts: own(['text_field', 'number_field', 'date_field']),
      grouparoo_object: own([
        'grouparoo_object_property',
        'first_name',
        'last_name',
        'email',
        'text_field',
        'number_field',
      ]),
    },
  });
}

/** Puts the records of a recorded answer into the account, as they must have been for that answer to be given. */
function seedFromAnswer(hubspot: HubSpotEmulator, pair: Pair): void {
  const [, object = ''] = /objects\/([^/]+)/.exec(pair.path) ?? [];
  const table = tableNamed(hubspot.state, object);
  if (table === undefined || pair.path.endsWith('/create')) return;
  const shown: Pair['response'][] = pair.response?.results ?? [];
  const asked: { id: string }[] = pair.path.endsWith('/archive') ? pair.request.inputs : [];
  const lost = pair.path.endsWith('/search') ? pair.response.total - shown.length : 0;
  const ghosts = new Set<string>();
  const records = [
    ...shown,
    ...asked.map(({ id }) => ({ id, properties: {}, createdAt: undefined, updatedAt: undefined })),
  ];
  for (let i = 0; i < lost; i += 1) {
    ghosts.add(String(7 + i));
    records.push({ ...ghost(pair, i), id: String(7 + i) });
  }
  const versions = records.map((one) => {
    const record = bareRecord(Number(one.id), Date.parse(one.createdAt ?? '2022-02-17T18:00:00.000Z'));
    const values = Object.fromEntries(
      Object.entries(one.properties).filter(([name, value]) => value !== null && !/^hs_|date$/.test(name)),
    );
    const written = pair.path.endsWith('/update') ? {} : (values as Record<string, string>);
    record.current = nextVersion(
      hubspot.state,
      record,
      withValues(table, [], written),
      Date.parse(one.updatedAt ?? '2022-02-17T18:00:00.000Z'),
    );
    table.records.set(record.id, record);
    table.ids.push(record.id);
    return record.current;
  });
  table.ids.sort((a, b) => a - b);
  load(table.index, versions);
  // a total above the number of results: the index still counts records that are archived by now
  for (const { record } of versions) {
    if (ghosts.has(String(record.id))) record.current = { ...record.current, archivedAt: hubspot.state.clock.now() };
    else if (pair.path.endsWith('/search') && !fits(pair, record.id))
      outdate(hubspot, table, record, ghost(pair, 0).properties);
  }
}

/** Whether a recorded result still fits the filters that it was found by. */
function fits(pair: Pair, id: number): boolean {
  const result = pair.response.results.find((one: { id: string }) => one.id === String(id));
  const groups: { filters: { propertyName: string; value: string }[] }[] = pair.request.filterGroups;
  return groups.some((group) =>
    group.filters.every((one) => result.properties[one.propertyName]?.toLowerCase() === one.value.toLowerCase()),
  );
}

/** A result that no longer fits: the index was behind, so it is here. */
function outdate(hubspot: HubSpotEmulator, table: Table, record: HubRecord, before: Record<string, string>): void {
  const { current } = record;
  const known = nextVersion(hubspot.state, record, withValues(table, current.values, before), current.updatedAt);
  table.index.byModified.push(known);
  record.indexed = known;
}

function ghost(pair: Pair, index: number): Pair['response'] {
  const groups: { filters: { propertyName: string; value: string }[] }[] = pair.request.filterGroups;
  const filters = groups[index % groups.length]?.filters ?? [];
  return { properties: Object.fromEntries(filters.map((filter) => [filter.propertyName, filter.value])) };
}

/** How the emulator's answer to a recorded request differs from the recorded answer. */
function replay(pair: Pair): string[] {
  const hubspot = recordedAccount();
  seedFromAnswer(hubspot, pair);
  const response = hubspot.handle({
    method: pair.method,
    path: pair.path,
    query: new URLSearchParams(pair.query ?? {}),
    headers: { authorization: 'Bearer sandbox-token' },
    body: pair.request === null ? '' : JSON.stringify(unredacted(pair)),
  });
  const body = String(response.body);
  const answer: unknown = body === '' ? '' : JSON.parse(body);
  const status =
    response.status === pair.status ? [] : [`status ${response.status} for ${pair.status}: ${body.slice(0, 200)}`];
  return [...status, ...alike(pair.response, answer)];
}

/** The recordings hide e-mail addresses behind one and the same; in a create each must be its own again. */
function unredacted(pair: Pair): unknown {
  if (!pair.path.endsWith('CONTACT/batch/create') && !pair.path.endsWith('CONTACT/batch/update')) return pair.request;
  let number = 0;
  return JSON.parse(JSON.stringify(pair.request), (key, value: unknown) => {
    if (key !== 'email') return value;
    number += 1;
    return `person${number}@example.com`;
  });
}

const served = (pair: Pair) => /\/objects\/[^/]+\/(search|batch\/(create|update|archive))$|\/schemas/.test(pair.path);

describe.skipIf(!existsSync(file))('HubSpot recordings (skipped where ../shared/data is absent)', () => {
  const pairs = existsSync(file)
    ? gunzipSync(readFileSync(file))
        .toString('utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Pair)
    : [];
  const endpoint = (pair: Pair) =>
    `${pair.method} ${pair.path.replace(/objects\/[^/]+/, 'objects/{type}').replace(/schemas\/[^/]+/, 'schemas/{type}')}`;

  it('answers alike, in status, keys and types, for at least 95 % of the pairs on endpoints it serves', () => {
    const ordinary = pairs.filter((pair) => pair.status !== 429);
    const tally = new Map<string, { alike: number; all: number }>();
    const complaints: string[] = [];
    for (const pair of ordinary.filter(served)) {
      const differences = replay(pair);
      const count = tally.get(endpoint(pair)) ?? { alike: 0, all: 0 };
      tally.set(endpoint(pair), { alike: count.alike + (differences.length === 0 ? 1 : 0), all: count.all + 1 });
      if (differences.length > 0) complaints.push(`${pair.path}: ${differences.slice(0, 3).join('; ')}`);
    }
    for (const [name, count] of tally) console.log(`served   ${name}: ${count.alike} of ${count.all} alike`);
    const unserved = new Set(ordinary.filter((pair) => !served(pair)).map(endpoint));
    console.log(`unserved ${unserved.size === 0 ? 'none' : [...unserved].join(', ')}`);
    for (const complaint of complaints.slice(0, Number(process.env['SHOW'] ?? 10)))
      console.log(`differs  ${complaint}`);
    const counts = [...tally.values()];
    const same = counts.reduce((sum, count) => sum + count.alike, 0);
    const all = counts.reduce((sum, count) => sum + count.all, 0);
    console.log(`alike    ${same} of ${all} (${((100 * same) / all).toFixed(1)} %)`);
    expect(all).toBe(459);
    expect(same / all).toBeGreaterThanOrEqual(0.95);
  });

  it('answers the 69 recorded search limits alike, by the limiter switch', () => {
    const limited = pairs.filter((pair) => pair.status === 429);
    const hubspot = createHubSpot({
      tier: 'enterprise',
      clock: testClock('2022-02-17T19:00:00.000Z'),
      limits: { search: 0 },
      customObjects: [ownObject],
      customFields: {},
    });
    for (const pair of limited) {
      const response = hubspot.handle({
        method: pair.method,
        path: pair.path,
        query: new URLSearchParams(),
        headers: { authorization: 'Bearer sandbox-token' },
        body: JSON.stringify(pair.request),
      });
      expect(response.status).toBe(429);
      expect(alike(pair.response, JSON.parse(String(response.body)))).toEqual([]);
      expect(Object.keys(response.headers).some((name) => name.includes('RateLimit-Remaining'))).toBe(false);
    }
    console.log(`limits   ${limited.length} of ${limited.length} alike`);
    expect(limited.length).toBe(69);
  });
});
