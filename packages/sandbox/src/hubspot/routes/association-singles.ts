import { invalid } from '../http/api-error.ts';
import { type Call, noContent, type Reply, tableParam } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { HubRecord } from '../state/record.ts';
import { findRecord, type Table } from '../state/table.ts';
import { linkRecords, resolveTypes, unlinkRecords } from '../write/link.ts';
import { linkByDefault, linkedJson } from './association-json.ts';
import { batchReply } from './batch-reply.ts';
import { missing } from './find.ts';

const single = '{objectType}/{id}/associations/{toObjectType}/{toId}';
const standard = '{objectType}/{id}/associations/default/{toObjectType}/{toId}';
const write = ['crm.objects.{object}.write'];

/** Making and removing the link of two records. */
export const associationSingleRoutes: readonly Route[] = [
  {
    method: 'PUT',
    dated: `/crm/objects/{V}/${single}`,
    classic: [`/crm/v4/objects/${single}`],
    scopes: write,
    handle: label,
  },
  {
    method: 'DELETE',
    dated: `/crm/objects/{V}/${single}`,
    classic: [`/crm/v4/objects/${single}`],
    scopes: write,
    handle: remove,
  },
  {
    method: 'PUT',
    dated: `/crm/objects/{V}/${standard}`,
    classic: [`/crm/v4/objects/${standard}`],
    scopes: write,
    handle: byDefault,
  },
];

function label(call: Call): Reply {
  const [from, record, to, other] = bothRecords(call);
  const types = resolveTypes(call.portal, from, specs(call), to);
  linkRecords(call.portal, from, record.id, to, other.id, types, 'api');
  const body = linkedJson(call.portal, from, record, to, other, types);
  return { status: call.version === '2026-09' ? 200 : 201, body };
}

/** The body is a bare list here. */
function specs(call: Call): unknown {
  try {
    return JSON.parse(call.body || '[]');
  } catch {
    throw invalid('Invalid input JSON: the body must be a list of association types');
  }
}

function byDefault(call: Call): Reply {
  const [from, record, to, other] = bothRecords(call);
  return batchReply(call, linkByDefault(call.portal, from, record, to, other), []);
}

function remove(call: Call): Reply {
  const from = tableParam(call);
  const to = tableParam(call, 'toObjectType');
  unlinkRecords(call.portal, from, Number(call.params['id']), to, Number(call.params['toId']), undefined, 'api');
  return noContent;
}

function bothRecords(call: Call): [Table, HubRecord, Table, HubRecord] {
  const from = tableParam(call);
  const to = tableParam(call, 'toObjectType');
  const record = findRecord(from, Number(call.params['id']));
  const other = findRecord(to, Number(call.params['toId']));
  if (record === undefined || other === undefined) throw missing();
  return [from, record, to, other];
}
