import { createSalesforce, type SalesforceEmulator, type SalesforceOptions } from '../src/salesforce/index.ts';

/** A clock that a test moves. */
export interface TestClock {
  now(): number;
  set(iso: string): void;
  advance(milliseconds: number): void;
}

/** A clock that stands at an instant until it is moved. */
export function testClock(iso = '2026-11-01T12:00:00Z'): TestClock {
  let time = Date.parse(iso);
  return {
    now: () => time,
    set: (next) => {
      time = Date.parse(next);
    },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** An answer with its JSON read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any;
}

/** What a test sends beside method and path. */
export interface Sending {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

/** An org and a way to call it as a client would. */
export interface TestOrg {
  readonly sf: SalesforceEmulator;
  readonly clock: TestClock;
  call(method: string, path: string, body?: unknown, sending?: Sending): Answer;
  query(soql: string, all?: boolean): Answer;
  rows(soql: string): readonly Record<string, unknown>[];
}

/** Opens an org; calls go to v66.0 with the standard token. */
export function testOrg(options: Partial<SalesforceOptions> = {}, clock = testClock()): TestOrg {
  const sf = createSalesforce({ edition: 'developer', clock, ...options });
  const call: TestOrg['call'] = (method, path, body, sending = {}) => {
    const response = sf.handle({
      method,
      path: path.startsWith('/services') ? path : `/services/data/v66.0${path}`,
      query: new URLSearchParams(sending.query ?? {}),
      headers: {
        authorization: `Bearer ${sending.token ?? 'sandbox-token'}`,
        host: 'localhost:1234',
        ...sending.headers,
      },
      body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = String(response.body);
    const isJson = /json/.test(response.headers['content-type'] ?? '') && text !== '';
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const query: TestOrg['query'] = (soql, all = false) =>
    call('GET', all ? '/queryAll' : '/query', undefined, { query: { q: soql } });
  return {
    sf,
    clock,
    call,
    query,
    rows: (soql) =>
      query(soql).body.records.map(({ attributes: _attributes, ...rest }: Record<string, unknown>) => rest),
  };
}
