import type { Instant } from '@holdfast/core';
import * as z from 'zod';
import type { Client } from '../client.ts';
import type { Row } from '../decode.ts';
import { protocolError } from '../errors.ts';
import type { Soql } from '../soql.ts';

const queryAnswer = z.object({
  done: z.boolean(),
  records: z.array(z.record(z.string(), z.unknown())),
  nextRecordsUrl: z.string().optional(),
});

export interface Rows {
  readonly rows: readonly Row[];
  /** Salesforce holds rows back although they are within the LIMIT. */
  readonly cut: boolean;
}

/**
 * One query, one call. By `request`, since jsforce's own query stops at `maxFetch` rows without a word. A server that
 * pages smaller than the LIMIT says `done: false`; the next page is then asked for by key, which needs no locator that
 * could expire. (REST API Developer Guide, "Query" and "QueryAll".)
 */
export async function query(
  client: Client,
  question: Soql,
  options: {
    readonly all?: boolean;
    readonly purpose: 'read' | 'write' | 'connect' | 'schema';
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Rows> {
  const path = `/${options.all ? 'queryAll' : 'query'}?q=${encodeURIComponent(question.soql)}`;
  const answer = await client.call(options, (connection) => connection.request<unknown>({ method: 'GET', url: path }));
  const parsed = queryAnswer.safeParse(answer);
  if (!parsed.success) throw protocolError('to a query has another shape');
  const { done, records, nextRecordsUrl } = parsed.data;
  if (done !== (nextRecordsUrl === undefined)) throw protocolError('to a query does not say whether it is whole');
  if (!done && records.length === 0) throw protocolError('to a query is empty and yet not the last');
  return { rows: await Promise.all(records.map((row) => wholeChildren(client, row, options))), cut: !done };
}

/** A child query has pages of its own; those beyond the first are fetched at once, since nothing else leads to them. */
async function wholeChildren(
  client: Client,
  row: Row,
  options: { readonly purpose: 'read' | 'write' | 'connect' | 'schema'; readonly signal?: AbortSignal | undefined },
): Promise<Row> {
  const cut = Object.entries(row).filter(([, value]) => isCutChild(value));
  if (cut.length === 0) return row;
  const whole: Record<string, unknown> = { ...row };
  for (const [relation, value] of cut) {
    let page = queryAnswer.parse(value);
    const records = [...page.records];
    while (page.nextRecordsUrl !== undefined) {
      const url = page.nextRecordsUrl;
      const parsed = queryAnswer.safeParse(
        await client.call(options, (connection) => connection.request<unknown>({ method: 'GET', url })),
      );
      if (!parsed.success || (parsed.data.records.length === 0 && !parsed.data.done))
        throw protocolError('to a query has another shape');
      page = parsed.data;
      records.push(...page.records);
    }
    whole[relation] = { done: true, records };
  }
  return whole;
}

function isCutChild(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'nextRecordsUrl' in value && 'records' in value;
}

/** The bounds of a window; Salesforce keeps whole seconds, so a bound between two would hide the second that it is in. */
export function wholeSecond(at: Instant): Instant {
  return Math.floor(at / 1000) * 1000;
}
