import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { EntityName } from '@holdfast/core';
import { describe, expect, it } from 'vitest';
import { type BoundSource, bind } from '../src/bind.ts';
import { decodeRow, type Row } from '../src/decode.ts';
import { type ObjectShape, shapeOf } from '../src/describe.ts';

const file = new URL('../../../../shared/data/recordings/salesforce.ndjson.gz', import.meta.url);
const absent = !existsSync(file);

interface Pair {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly response: unknown;
}

/** Objects of the recordings that Holdfast does not read, each with why. */
const NOT_READ: Readonly<Record<string, string>> = {
  Topic: 'topics say nothing of keeping a customer',
  TopicAssignment: 'topics say nothing of keeping a customer',
  Campaign: 'campaigns are marketing',
  CampaignMember: 'campaigns are marketing',
  Organization: 'read at connect, as the org itself',
  RecordType: 'stages and types are read from the fields themselves',
  AggregateResult: 'a count, no record',
  Name: 'the name of a linked record, no record',
  User: 'a name without an id, and no describe was recorded',
  Opportunity: 'a name without an id, inside another record',
  ApexClass: 'program code',
  ApexTestQueueItem: 'program code',
  ApexTestResult: 'program code',
  ApexTestResultLimits: 'program code',
  ApexCodeCoverageAggregate: 'program code',
  ApexOrgWideCoverage: 'program code',
  InstalledSubscriberPackage: 'packages',
  SubscriberPackage: 'packages',
  SubscriberPackageVersion: 'packages',
};
const ENTITY: Readonly<Record<string, EntityName>> = {
  Account: 'account',
  Contact: 'contact',
  Lead: 'lead',
  Event: 'activity',
};

describe.skipIf(absent)('recorded Salesforce traffic [skipped where ../shared/data is absent]', () => {
  const pairs = absent ? [] : readPairs();
  const rows = pairs.flatMap(({ response }) => rowsIn(response));
  const sources = absent ? new Map<string, BoundSource>() : boundSources(pairs);

  it('the 32 Account and 55 Contact records that carry SystemModstamp decode', () => {
    const whole = rows.filter(({ type, row }) => ENTITY[type] && 'SystemModstamp' in row);
    const decoded = whole.map(({ type, row }) => ({ type, outcome: decodeRow(sources.get(type)!, row, context) }));
    expect(decoded.filter(({ outcome }) => !('record' in outcome))).toEqual([]);
    const count = (type: string) => decoded.filter((one) => one.type === type).length;
    expect([count('Account'), count('Contact')]).toEqual([32, 55]);
    for (const [index, { outcome }] of decoded.entries()) {
      const { row } = whole[index]!;
      if (!('record' in outcome)) continue;
      expect(outcome.record.updatedAt).toBe(Date.parse(String(row['SystemModstamp']).replace('+0000', 'Z')));
      expect(outcome.record.id.endsWith(`:${String(row['Id'])}`)).toBe(true);
    }
  });

  it('every other record is decoded, or listed with its reason', () => {
    const listed = new Map<string, number>();
    for (const { type, row } of rows) {
      const source = sources.get(type);
      if (!source) {
        listed.set(`${type}: ${NOT_READ[type] ?? 'NO REASON'}`, (listed.get(`${type}: ${NOT_READ[type]}`) ?? 0) + 1);
        continue;
      }
      const outcome = decodeRow(source, row, context);
      if ('record' in outcome) continue;
      const reason = 'reject' in outcome ? outcome.reject.issues.join('; ') : 'deleted';
      listed.set(`${type}: ${reason}`, (listed.get(`${type}: ${reason}`) ?? 0) + 1);
    }
    expect([...listed.keys()].filter((line) => line.endsWith('NO REASON'))).toEqual([]);
    const rejected = [...listed.keys()].filter((line) => sources.has(line.slice(0, line.indexOf(':'))));
    // a query may leave out the id; the adapter never does
    expect(rejected.sort()).toEqual([
      'Account: Account: the row has no record id',
      'Contact: Contact: the row has no record id',
    ]);
    console.info([...listed].map(([line, count]) => `${count} x ${line}`).join('\n'));
  });
});

const context = { currency: 'USD', timeZone: 'UTC' };

function readPairs(): readonly Pair[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Pair);
}

/** Every object with `attributes` in an answer, however deep. */
function rowsIn(node: unknown): readonly { readonly type: string; readonly row: Row }[] {
  if (Array.isArray(node)) return node.flatMap(rowsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { attributes } = node as { readonly attributes?: { readonly type?: unknown } };
  const inside = Object.values(node).flatMap(rowsIn);
  return typeof attributes?.type === 'string' ? [{ type: attributes.type, row: node as Row }, ...inside] : inside;
}

/** The maps bound to the org as its recorded describes show it. */
function boundSources(pairs: readonly Pair[]): Map<string, BoundSource> {
  const shapes = new Map<string, ObjectShape>();
  for (const { path, response, status } of pairs) {
    const object = /\/sobjects\/(\w+)\/describe$/.exec(path)?.[1];
    const shape = object ? shapeOf(new Map([[object, { status, body: response }]]), object) : null;
    if (object && shape && !shapes.has(object)) shapes.set(object, shape);
  }
  const bound = bind({ instanceUrl: 'https://acme.my.salesforce.com', accessToken: 'none' }, shapes, context);
  return new Map(
    Object.entries(ENTITY).flatMap(([object, entity]) => {
      const how = bound[entity];
      const source = 'unavailable' in how ? undefined : how.sources.find((one) => one.object === object);
      return source ? [[object, source] as const] : [];
    }),
  );
}
