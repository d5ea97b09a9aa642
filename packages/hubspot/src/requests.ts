import { CrmError } from '@holdfast/core';
import type { Client } from '@hubspot/api-client';
import type { CallOptions, HubSpotClient, Reply } from './client.ts';
import { asArray, asObject } from './json.ts';

type Objects = Client['crm']['objects'];
type SearchRequest = Parameters<Objects['searchApi']['doSearch']>[1];

/** One condition of a search. */
export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: 'EQ' | 'GT' | 'GTE' | 'LT' | 'IN' | 'NOT_IN' | 'HAS_PROPERTY';
  readonly value?: string;
  readonly values?: readonly string[];
}

/** A search in the order of record ids; all filters must hold. */
export interface Search {
  readonly filters: readonly SearchFilter[];
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Most records of one answer with the history of properties (HubSpot's documentation of `propertiesWithHistory`). */
export const HISTORY_LIMIT = 50;

/** One page of the list endpoint, at most 100 records (50 with history), links of the asked kinds inside. */
export function listPage(
  client: HubSpotClient,
  path: string,
  page: {
    readonly after?: string | undefined;
    readonly properties: readonly string[];
    readonly withHistory?: readonly string[];
    readonly associations: readonly string[];
    readonly archived: boolean;
  },
  call: CallOptions,
): Promise<Reply> {
  const { after, archived, withHistory } = page;
  const properties = [...page.properties];
  const associations = page.associations.length === 0 ? undefined : [...page.associations];
  const [limit, history] = withHistory ? [HISTORY_LIMIT, [...withHistory]] : [100, undefined];
  return client.call(call, {}, ({ crm }) =>
    crm.objects.basicApi.getPage(path, limit, after, properties, history, associations, archived),
  );
}

/** One page of search, at most 200 records. The client types `sorts` as texts; the documented form is objects. */
export function search(client: HubSpotClient, path: string, query: Search, call: CallOptions): Promise<Reply> {
  const request = {
    filterGroups: [{ filters: query.filters }],
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    properties: query.properties,
    limit: query.limit,
    ...(query.after === undefined ? {} : { after: query.after }),
  } as unknown as SearchRequest;
  return client.call(call, { pace: 'search' }, ({ crm }) => crm.objects.searchApi.doSearch(path, request));
}

/** Records by id, or by another unique property; at most 100, or 50 with the history of properties. */
export function batchRead(
  client: HubSpotClient,
  path: string,
  ids: readonly string[],
  options: {
    readonly properties: readonly string[];
    readonly withHistory?: readonly string[];
    readonly idProperty?: string;
    readonly archived?: boolean;
  },
  call: CallOptions,
): Promise<Reply> {
  const request = {
    inputs: ids.map((id) => ({ id })),
    properties: [...options.properties],
    propertiesWithHistory: [...(options.withHistory ?? [])],
    ...(options.idProperty === undefined ? {} : { idProperty: options.idProperty }),
  };
  return client.call(call, {}, ({ crm }) => crm.objects.batchApi.read(path, request, options.archived));
}

/** Links of at most 1,000 records to one kind of object; `after` goes on where a record has more than 500. */
export function associationsRead(
  client: HubSpotClient,
  from: string,
  to: string,
  inputs: readonly { readonly id: string; readonly after?: string }[],
  call: CallOptions,
): Promise<Reply> {
  return client.call(call, {}, ({ crm }) =>
    crm.associations.v4.batchApi.getPage(from, to, { inputs: inputs.map((input) => ({ ...input })) }),
  );
}

/** The `results` of an answer; throws `protocol` when there are none, so that garbage is never an empty page. */
export function resultsOf(reply: Reply): readonly unknown[] {
  const results = reply.body['results'];
  if (!Array.isArray(results)) {
    throw new CrmError('protocol', 'HubSpot answered without a list of results: try again.', { retryable: true });
  }
  return results;
}

/** Where the next page starts, `null` on the last. */
export function nextAfter(body: Readonly<Record<string, unknown>>): string | null {
  const after = asObject(asObject(body['paging'])['next'])['after'];
  return after === undefined || after === null || after === '' ? null : String(after);
}

/** The errors of single items, which stand in the body of a success. */
export function itemErrors(reply: Reply): readonly Readonly<Record<string, unknown>>[] {
  return asArray(reply.body['errors']).map(asObject);
}
