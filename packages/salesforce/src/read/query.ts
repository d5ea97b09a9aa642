import type { Instant } from '@holdfast/core';
import * as z from 'zod';
import type { CallOptions, Client } from '../client.ts';
import type { Row } from '../decode.ts';
import { protocolError } from '../errors.ts';
import type { Soql } from '../soql.ts';

const queryAnswer = z.object({
  done: z.boolean(),
  // rows are handed on as they are: two thousand copies a page would be for nothing
  records: z.array(z.custom<Row>((row) => typeof row === 'object' && row !== null && !Array.isArray(row))),
  nextRecordsUrl: z.string().optional(),
});
type QueryAnswer = z.infer<typeof queryAnswer>;

const MOST_EMPTY_PAGES = 100;

export interface Rows {
  readonly rows: readonly Row[];
  /** Salesforce holds rows back although they are within the LIMIT. */
  readonly cut: boolean;
  /** Salesforce's own clock when it answered. */
  readonly servedAt: Instant | null;
}

/**
 * `all`: deleted and archived rows too. `whole`: the server's further pages are fetched at once, for a question that is
 * bounded by what it names and has no key to go on by.
 */
export type QueryOptions = Pick<CallOptions, 'purpose' | 'signal'> & {
  readonly all?: boolean;
  readonly whole?: boolean;
};

/**
 * One query, one call. By `request`, since jsforce's own query stops at `maxFetch` rows without a word. A server that
 * pages smaller than the LIMIT says `done: false`; the next page is then asked for by key, which needs no locator that
 * could expire. (REST API Developer Guide, "Query" and "QueryAll".)
 */
export async function query(client: Client, question: Soql, options: QueryOptions): Promise<Rows> {
  let servedAt: Instant | null = null;
  const path = `/${options.all ? 'queryAll' : 'query'}?q=${encodeURIComponent(question.soql)}`;
  const onServedAt = (at: Instant) => {
    servedAt = at;
  };
  let page = await ask(client, path, { ...options, onServedAt });
  // a page may be empty and yet not the last; there is no key to go on from, so its locator is followed
  for (let empty = 0; page.records.length === 0 && page.nextRecordsUrl !== undefined; empty += 1) {
    if (empty === MOST_EMPTY_PAGES) throw protocolError('to a query has no end');
    page = await ask(client, page.nextRecordsUrl, options);
  }
  const records = [...page.records];
  while (options.whole && page.nextRecordsUrl !== undefined) {
    page = await ask(client, page.nextRecordsUrl, options);
    records.push(...page.records);
  }
  const { done } = page;
  const rows: Row[] = [];
  for (const row of records) rows.push(hasCutChild(row) ? await withWholeChildren(client, row, options) : row);
  return { rows, cut: !done, servedAt };
}

async function ask(client: Client, url: string, options: CallOptions): Promise<QueryAnswer> {
  const { purpose, signal, onServedAt } = options;
  const call = { purpose, signal, ...(onServedAt ? { onServedAt } : {}) };
  const answer = await client.call(call, (connection) => connection.request<unknown>({ method: 'GET', url }));
  const parsed = queryAnswer.safeParse(answer);
  if (!parsed.success) throw protocolError('to a query has another shape');
  const { done, nextRecordsUrl } = parsed.data;
  if (done !== (nextRecordsUrl === undefined)) throw protocolError('to a query does not say whether it is whole');
  return parsed.data;
}

/** A child query has pages of its own; those beyond the first are fetched at once, since nothing else leads to them. */
async function withWholeChildren(client: Client, row: Row, options: QueryOptions): Promise<Row> {
  const whole: Record<string, unknown> = { ...row };
  for (const [relation, value] of Object.entries(row)) {
    if (!isCutChild(value)) continue;
    const records = [...value.records];
    for (let next: string | undefined = value.nextRecordsUrl; next !== undefined; ) {
      const page: QueryAnswer = await ask(client, next, options);
      records.push(...page.records);
      next = page.nextRecordsUrl;
    }
    whole[relation] = { done: true, records };
  }
  return whole;
}

const hasCutChild = (row: Row): boolean => Object.values(row).some(isCutChild);

function isCutChild(value: unknown): value is QueryAnswer {
  return (
    typeof value === 'object' && value !== null && 'nextRecordsUrl' in value && queryAnswer.safeParse(value).success
  );
}
