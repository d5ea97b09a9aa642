import { invalid } from '../http/api-error.ts';
import { type Call, jsonBody, noContent, ok, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { eraseRecord } from '../state/commit.ts';
import { findRecord } from '../state/table.ts';
import { mergeRecords } from '../write/merge.ts';
import { byUnique, missing } from './find.ts';
import { recordJson } from './record-json.ts';

/** Merging two records into a new one, and the privacy deletion. */
export const mergeRoutes: readonly Route[] = [
  {
    method: 'POST',
    dated: '/crm/objects/{V}/{objectType}/merge',
    classic: ['/crm/v3/objects/{objectType}/merge'],
    scopes: ['crm.objects.{object}.write'],
    handle: merge,
  },
  {
    method: 'POST',
    dated: '/crm/objects/{V}/{objectType}/gdpr-delete',
    classic: ['/crm/v3/objects/{objectType}/gdpr-delete'],
    scopes: ['crm.objects.{object}.write'],
    handle: gdprDelete,
  },
];

function merge(call: Call): Reply {
  const table = tableParam(call);
  if (!table.type.mergeable && !table.type.id.startsWith('2-'))
    throw invalid(`${table.type.labels.plural} cannot be merged`);
  const { primaryObjectId, objectIdToMerge } = jsonBody(call);
  const primary = findRecord(table, Number(primaryObjectId));
  const other = findRecord(table, Number(objectIdToMerge));
  if (primary === undefined || other === undefined) throw missing();
  if (primary === other) throw invalid('Cannot merge a record with itself');
  const merged = mergeRecords(call.portal, table, primary, other, 'api');
  return ok(recordJson(call.portal, table, merged.current, []));
}

function gdprDelete(call: Call): Reply {
  const table = tableParam(call);
  const { objectId, idProperty } = jsonBody(call);
  const record =
    typeof idProperty === 'string'
      ? byUnique(table, idProperty, String(objectId))
      : findRecord(table, Number(objectId));
  if (record !== undefined) eraseRecord(call.portal, table, record, 'api');
  return noContent;
}
