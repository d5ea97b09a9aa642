import type { Portal } from '../state/portal.ts';
import type { HubRecord, PastValue, Version } from '../state/record.ts';
import { liveProperty, type Table } from '../state/table.ts';
import { isoInstant, propertyValue } from '../state/values.ts';

/** A record as the API prints it. */
export type RecordJson = Record<string, unknown> & { id: string; properties: Record<string, string | null> };

/**
 * A record with the properties asked for. Three of the record's own always come along; a property that has no value
 * is null, and one that does not exist is left out. With no names given, the type's default properties.
 */
export function recordJson(
  portal: Portal,
  table: Table,
  version: Version,
  names: readonly string[],
  historyOf: readonly string[] = [],
): RecordJson {
  const { record } = version;
  const { type } = table;
  const wanted = names.length === 0 ? type.defaults : [type.created, type.modified, 'hs_object_id', ...names];
  const properties: Record<string, string | null> = {};
  for (const name of wanted) {
    if (name in properties || liveProperty(table, name) === undefined) continue;
    const isHidden = portal.hidesMails && type.name === 'emails' && contentOfMails.test(name);
    properties[name] = isHidden ? null : (propertyValue(portal, table, version, name) ?? null);
  }
  return {
    id: String(record.id),
    properties,
    ...(historyOf.length === 0 ? {} : { propertiesWithHistory: historyJson(portal, table, record, historyOf) }),
    createdAt: isoInstant(record.createdAt),
    updatedAt: isoInstant(version.updatedAt),
    archived: version.archivedAt !== undefined,
    ...(version.archivedAt === undefined ? {} : { archivedAt: isoInstant(version.archivedAt) }),
  };
}

/** What stands in a mail; without the scope `sales-email-read` it is emptied and nothing is refused. */
const contentOfMails = /^hs_email_(subject|html|text|headers|(from|to|cc|bcc|sender)_\w+)$/;

/** The answer to a write: what was written and what the system added, not the whole record. */
export function writtenJson(
  portal: Portal,
  table: Table,
  record: HubRecord,
  written: readonly string[],
  created: boolean,
): RecordJson {
  const isContact = table.type.name === 'contacts';
  const system = isContact
    ? [...(created ? contactEcho : ['lastmodifieddate']), ...(written.includes('email') ? ['hs_email_domain'] : [])]
    : [table.type.created, table.type.modified, 'hs_object_id'];
  const properties: Record<string, string | null> = {};
  for (const name of [...system, ...written].sort()) {
    const value = propertyValue(portal, table, record.current, name);
    if (value !== undefined) properties[name] = value;
  }
  const { createdAt, updatedAt, archived } = recordJson(portal, table, record.current, ['hs_object_id']);
  return { id: String(record.id), properties, createdAt, updatedAt, archived };
}

const contactEcho = [
  'createdate',
  'lastmodifieddate',
  'hs_object_id',
  'hs_all_contact_vids',
  'hs_is_contact',
  'hs_is_unworked',
  'hs_pipeline',
];

const sources: Readonly<Record<PastValue['by'], string>> = {
  api: 'INTEGRATION',
  person: 'CRM_UI',
  system: 'IMPORT',
  merge: 'MERGE_OBJECTS',
};

/** Newest first, at most twenty: a property's history reaches only as far as the vendor keeps it. */
function historyJson(
  portal: Portal,
  table: Table,
  record: HubRecord,
  names: readonly string[],
): Record<string, unknown> {
  const answer: Record<string, unknown> = {};
  for (const name of names) {
    if (liveProperty(table, name) === undefined) continue;
    const slot = table.slots.get(name);
    const past = (record.history ?? []).filter((one) => one.slot === slot);
    const now = propertyValue(portal, table, record.current, name);
    const first: PastValue[] =
      past.length > 0 || now === undefined ? [] : [{ slot: -1, value: now, at: record.createdAt, by: 'system' }];
    answer[name] = [...first, ...past]
      .reverse()
      .slice(0, 20)
      .map((one) => ({ value: one.value ?? '', timestamp: isoInstant(one.at), sourceType: sources[one.by] }));
  }
  return answer;
}
