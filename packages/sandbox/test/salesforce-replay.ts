import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { alike, fieldNames } from './salesforce-alike.ts';
import { type Pair, seed } from './salesforce-replay-seed.ts';
import { testClock, testOrg } from './salesforce-request.ts';

/** What a replay came to. */
export interface Verdict {
  readonly kind: 'alike' | 'different' | 'unserved';
  readonly template: string;
  readonly problems: readonly string[];
}

/** The pairs of a recordings file. */
export const readRecordings = (file: string): readonly Pair[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);

const unserved = [/\/tooling\//, /\/connect\//];

/** Path with versions and ids named. */
const templateOf = (pair: Pair): string =>
  `${pair.method} ${pair.path
    .replace(/\/+$/, '')
    .replace(/\/v[0-9x.]+(?=\/)/, '/{version}')
    .replace(/(sobjects\/[A-Za-z_]+)\/[0-9A-Za-z]{15,18}$/, '$1/{id}')
    .replace(/tooling\/.*/, 'tooling/…')}`;

/** Seeds an org from the pair's own answer, sends the pair's request and compares status, keys and types. */
export function replayPair(pair: Pair): Verdict {
  const template = templateOf(pair);
  if (unserved.some((pattern) => pattern.test(pair.path))) return { kind: 'unserved', template, problems: [] };
  const org = testOrg(
    { apiVersion: '66.0' },
    testClock(pair.when ?? lastModified(pair.response) ?? '2024-01-01T00:00:00Z'),
  );
  const version = versionOf(pair);
  const path = pair.path.replace('/vxx.0', `/v${version}`);
  seed(org, pair, version);
  const request =
    typeof pair.request === 'string'
      ? pair.request
      : pair.request === null
        ? undefined
        : renamed(pair.request, version);
  const answer = org.call(pair.method, path, request, { query: pair.query ?? {} });
  const status =
    answer.status === pair.status
      ? []
      : [`status ${answer.status}, recorded ${pair.status}: ${JSON.stringify(answer.body).slice(0, 200)}`];
  const body = pair.status === 204 || pair.status === 500 ? [] : alike(pair.response, answer.body);
  const problems = [...status, ...body, ...fieldNames(pair.response, answer.body)];
  return { kind: problems.length === 0 ? 'alike' : 'different', template, problems };
}

/** The version was blanked in some recordings: it is taken from the answer's own links, else the oldest that fits its keys. */
function versionOf(pair: Pair): string {
  const inPath = /\/v(\d+\.\d+)\//.exec(pair.path);
  if (inPath !== null) return inPath[1] as string;
  return /\/services\/data\/v(\d+\.\d+)/.exec(JSON.stringify(pair.response) ?? '')?.[1] ?? '59.0';
}

const lastModified = (response: unknown): string | undefined =>
  /"Last-Modified":"([^"]+)"/.exec(JSON.stringify(response) ?? '')?.[1];

const renamed = (request: unknown, version: string): unknown =>
  JSON.parse(JSON.stringify(request).replaceAll('/vxx.0/', `/v${version}/`));
