import { invalid } from '../http/api-error.ts';
import { type Call, jsonBody, limitParam, listParam, noContent, ok, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { setArchived, updateRecord } from '../state/commit.ts';
import type { HubRecord } from '../state/record.ts';
import { lowerBound } from '../state/sorted.ts';
import type { Table } from '../state/table.ts';
import { commitCreate, readyCreate, refuseAgainstRules } from '../write/create.ts';
import { checkedValues } from '../write/validate.ts';
import { byUnique, missing, readable } from './find.ts';
import { inlineAssociations } from './inline-associations.ts';
import { type RecordJson, recordJson, writtenJson } from './record-json.ts';

const many = { dated: '/crm/objects/{V}/{objectType}', classic: ['/crm/v3/objects/{objectType}'] };
const one = { dated: '/crm/objects/{V}/{objectType}/{id}', classic: ['/crm/v3/objects/{objectType}/{id}'] };
const read = ['crm.objects.{object}.read'];
const write = ['crm.objects.{object}.write'];

/** Lists and single records. */
export const objectRoutes: readonly Route[] = [
  { method: 'GET', ...many, scopes: read, handle: list },
  { method: 'POST', ...many, scopes: write, handle: create },
  { method: 'GET', ...one, scopes: read, handle: get },
  { method: 'PATCH', ...one, scopes: write, handle: update },
  { method: 'DELETE', ...one, scopes: write, handle: archive },
];

/** A page of a list, in order of id. Archived records on request, for as long as they are kept. */
function list(call: Call): Reply {
  const table = tableParam(call);
  const archived = call.query.get('archived') === 'true';
  const history = listParam(call.query, 'propertiesWithHistory');
  const limit = limitParam(call.query, 10, history.length > 0 ? 50 : 100);
  const ids = archived ? table.archivedIds : table.ids;
  const after = call.query.get('after');
  if (after !== null && !/^\d+$/.test(after)) throw invalid(`invalid cursor: ${after}`);
  let at = after === null ? 0 : lowerBound(ids, (id) => id < Number(after));
  const records: HubRecord[] = [];
  for (; at < ids.length && records.length < limit; at += 1) {
    const record = readable(call.portal, table, String(ids[at]), archived);
    if (record !== undefined) records.push(record);
  }
  const next = ids[at];
  return ok({ results: records.map((record) => shown(call, table, record)), ...paging(call, next) });
}

/** The cursor names the next record to come, so that a page never skips what is still there. */
function paging(call: Call, next: number | undefined): object {
  if (next === undefined) return {};
  const query = new URLSearchParams(call.query);
  query.set('after', String(next));
  return { paging: { next: { after: String(next), link: `${call.origin}${call.path}?${query}` } } };
}

function shown(call: Call, table: Table, record: HubRecord): RecordJson {
  const history = listParam(call.query, 'propertiesWithHistory');
  const json = recordJson(call.portal, table, record.current, listParam(call.query, 'properties'), history);
  const associations = inlineAssociations(call, table, record, listParam(call.query, 'associations'));
  return associations === undefined ? json : { ...json, associations };
}

function wanted(call: Call, table: Table): HubRecord {
  const id = call.params['id'] ?? '';
  const property = call.query.get('idProperty');
  const archived = call.query.get('archived') === 'true';
  const record =
    property === null || property === 'hs_object_id'
      ? readable(call.portal, table, id, archived)
      : byUnique(table, property, id);
  if (record === undefined) throw missing();
  return record;
}

function get(call: Call): Reply {
  const table = tableParam(call);
  return ok(shown(call, table, wanted(call, table)));
}

function create(call: Call): Reply {
  const table = tableParam(call);
  const ready = readyCreate(call, table, jsonBody(call));
  const record = commitCreate(call.portal, table, ready, 'api');
  return { status: 201, body: writtenJson(call.portal, table, record, ready.written, true) };
}

function update(call: Call): Reply {
  const table = tableParam(call);
  const record = wanted(call, table);
  const changes = checkedValues(call.portal, table, jsonBody(call)['properties'], record);
  refuseAgainstRules(call, table, changes, false);
  updateRecord(call.portal, table, record, changes, 'api');
  return ok(writtenJson(call.portal, table, record, Object.keys(changes), false));
}

function archive(call: Call): Reply {
  const table = tableParam(call);
  const record = readable(call.portal, table, call.params['id'] ?? '', false);
  if (record !== undefined) setArchived(call.portal, table, record, true, 'api');
  return noContent;
}
