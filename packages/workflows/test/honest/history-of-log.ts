import type { FieldHistory, Id } from '@holdfast/core';
import type { Book, ChangedTable, ChangeLog } from '@holdfast/sandbox';
import { recordOf } from './records-of-rows.ts';

type EditedTable = Exclude<ChangedTable, 'referrals'>;

/** What a field of a row is called on the record, where it differs. */
const FIELD_NAMES: { readonly [T in EditedTable]?: Readonly<Record<string, string>> } = {
  accounts: { type: 'lifecycle' },
  tickets: { status: 'stage' },
  contracts: { annualValue: 'annual' },
};

/** A field's value at the end, and its earlier values with the instant that each held until. */
interface Past {
  readonly now: unknown;
  readonly before: { readonly until: number; readonly value: unknown }[];
}

/**
 * The change log as field history: a CRM that keeps the history of every field. Each old value is what the mapping makes
 * of the row with that one field put back.
 */
export function historyOfLog(book: Book, log: ChangeLog): FieldHistory {
  const rows = rowsById(book);
  const pasts = new Map<Id, Map<string, Past>>();
  for (const { recordId, entity, field, at, before } of log.changes) {
    const row = rows.get(entity)?.get(recordId);
    if (!row) continue;
    const table = entity as EditedTable;
    const map = recordOf[table] as (row: object) => object;
    const name = FIELD_NAMES[table]?.[field] ?? field;
    const now = map(row) as Readonly<Record<string, unknown>>;
    const then = map({ ...row, [field]: before }) as Readonly<Record<string, unknown>>;
    if (!(name in now)) continue;
    const fields = pasts.get(now['id'] as Id) ?? new Map<string, Past>();
    pasts.set(now['id'] as Id, fields);
    const past = fields.get(name) ?? { now: now[name], before: [] };
    fields.set(name, past);
    past.before.push({ until: Date.parse(at), value: then[name] });
  }
  const records = new Map<Id, Readonly<Record<string, unknown>>>();
  for (const [table, byId] of rows)
    for (const row of byId.values()) {
      const record = (recordOf[table as EditedTable] as (row: object) => object)(row) as Readonly<
        Record<string, unknown>
      >;
      records.set(record['id'] as Id, record);
    }
  return {
    valueAt: (recordId, field, asOf) => {
      const past = pasts.get(recordId)?.get(field);
      const earlier = past?.before.find((it) => it.until > asOf);
      if (earlier) return { known: true, value: earlier.value };
      const record = records.get(recordId);
      return record ? { known: true, value: past ? past.now : record[field] } : { known: false };
    },
  };
}

const TABLES: readonly EditedTable[] = [
  'owners',
  'accounts',
  'contacts',
  'opportunities',
  'contracts',
  'orders',
  'opportunityLines',
  'orderLines',
  'tickets',
];

function rowsById(book: Book): ReadonlyMap<string, ReadonlyMap<string, object>> {
  return new Map(
    TABLES.map((table) => [
      table,
      new Map((book[table] as readonly { readonly id: string }[]).map((row) => [row.id, row])),
    ]),
  );
}
