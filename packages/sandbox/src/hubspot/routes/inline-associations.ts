import { invalid } from '../http/api-error.ts';
import type { Call } from '../http/call.ts';
import { linksOf } from '../state/links.ts';
import { tableNamed } from '../state/portal.ts';
import type { HubRecord } from '../state/record.ts';
import type { Table } from '../state/table.ts';

const pageSize = 500;

/**
 * The links of a record inside the answer for it: one entry per link type, so a target linked by two types stands
 * there twice. Types without links are left out; undefined when no type was asked for.
 */
export function inlineAssociations(
  call: Call,
  table: Table,
  record: HubRecord,
  asked: readonly string[],
): object | undefined {
  if (asked.length === 0) return undefined;
  const answer: Record<string, object> = {};
  for (const name of asked) {
    const target = tableNamed(call.portal, name);
    if (target === undefined) throw invalid(`Unable to infer object type from: ${name}`);
    const results = entries(call, table, record, target);
    if (results.length === 0) continue;
    const more = results.length > pageSize ? pagingTo(call, table, record, target, results[pageSize]?.id ?? '') : {};
    answer[target.type.name.replaceAll('_', ' ')] = { results: results.slice(0, pageSize), ...more };
  }
  return Object.keys(answer).length === 0 ? undefined : answer;
}

function entries(call: Call, table: Table, record: HubRecord, target: Table): { id: string; type: string }[] {
  const flat = linksOf(call.portal.links, table.type.id, target.type.id, record.id);
  const results: { id: string; type: string }[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    if (target.records.get(flat[i] as number)?.current.archivedAt !== undefined) continue;
    results.push({ id: String(flat[i]), type: call.portal.associationTypes.get(flat[i + 1] as number)?.name ?? '' });
  }
  return results;
}

function pagingTo(call: Call, table: Table, record: HubRecord, target: Table, after: string): object {
  const version = call.version === 'classic' ? 'v4/objects' : `objects/${call.version}`;
  const link = `${call.origin}/crm/${version}/${table.type.name}/${record.id}/associations/${target.type.name}?after=${after}`;
  return { paging: { next: { after, link } } };
}
