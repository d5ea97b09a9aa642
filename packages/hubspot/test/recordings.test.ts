import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { CodecContext } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import { decodeRecords } from '../src/decode.ts';
import { type Answer, errorOf } from '../src/errors.ts';
import { asArray, asObject } from '../src/json.ts';
import { maps } from '../src/maps/index.ts';
import type { PropertyInfo, Schema } from '../src/session.ts';
import { type SourcePlan, sourcePlans } from '../src/source-plan.ts';

/** Recorded traffic of the real API; lies beside the project, not in it. */
const FILE = new URL('../../../../shared/data/recordings/hubspot.ndjson.gz', import.meta.url);
const codec: CodecContext = { currency: 'USD', timeZone: 'UTC' };
const ENTITY: Readonly<Record<string, 'account' | 'contact'>> = { COMPANY: 'account', CONTACT: 'contact' };

interface Pair {
  readonly path: string;
  readonly status: number;
  readonly response: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Objects that have every property, so that nothing is left out of the decoding. */
const everything = { has: () => true, get: () => undefined } as unknown as ReadonlyMap<string, PropertyInfo>;
const SCHEMA: Schema = new Map([
  ['company', everything],
  ['contact', everything],
]);

describe.skipIf(!existsSync(FILE))('recorded traffic (skipped where ../shared/data is absent)', () => {
  const pairs = existsSync(FILE)
    ? gunzipSync(readFileSync(FILE))
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Pair)
    : [];

  test('all 291 contacts and the 276 companies with a name decode; every other record is decoded or has its reason', () => {
    const decoded = { account: 0, contact: 0, named: 0 };
    const others = new Map<string, number>();
    const count = (reason: string) => others.set(reason, (others.get(reason) ?? 0) + 1);
    for (const { path, response } of pairs) {
      const [, object] = /^\/crm\/v3\/objects\/([^/]+)/.exec(path) ?? [];
      for (const raw of object === undefined ? [] : asArray(asObject(response)['results'])) {
        const entity = ENTITY[object ?? ''];
        if (entity === undefined) {
          count(`${object}: a custom object that no map reads`);
          continue;
        }
        const [plan] = sourcePlans(entity, maps, SCHEMA, codec);
        const { records, rejects } = decodeRecords(entity, plan as SourcePlan, codec, [{ raw, links: new Map() }]);
        for (const reject of rejects) count(reject.issues.join());
        decoded[entity] += records.length;
        if (entity === 'account') decoded.named += records.filter((record) => 'name' in record && record.name).length;
      }
    }
    expect(decoded).toEqual({ contact: 291, account: 305, named: 276 });
    expect([...others]).toEqual([['2-3604285: a custom object that no map reads', 290]]);
  });

  test('every refusal that was recorded is a rate limit that says how long to wait', () => {
    const refused = pairs.filter((pair) => pair.status >= 400);
    const errors = refused.map((pair) => {
      const headers = Object.fromEntries(
        Object.entries(pair.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const answer: Answer = { status: pair.status, headers, text: JSON.stringify(pair.response) };
      return errorOf(answer, { writes: false, batch: false });
    });
    expect(errors.map((error) => [error.code, error.retryable, error.retryAfterMs])).toEqual(
      Array(69).fill(['rate-limit', true, 1_000]),
    );
  });
});
