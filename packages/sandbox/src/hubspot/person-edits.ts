import type { AssociationType } from './schema/association-type.ts';
import { type Changes, createRecord, eraseRecord, setArchived, updateRecord } from './state/commit.ts';
import { type Portal, tableNamed } from './state/portal.ts';
import type { HubRecord } from './state/record.ts';
import { findRecord, type Table } from './state/table.ts';
import { propertyValue } from './state/values.ts';
import { defaultType, linkRecords, unlinkRecords } from './write/link.ts';
import { mergeRecords } from './write/merge.ts';

/** An id as a test has it at hand. */
export type Id = string | number;

/** A record as a test looks at it; values as a read would give them, computed ones too. */
export interface SeenRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What people do in the app. No limits, no permissions, no validation: whatever a person or an import manages to do. */
export interface PersonEdits {
  /** Throws for an object type or a record that is not there. */
  edit(object: string, id: Id, properties: Changes): void;
  create(object: string, properties: Changes, links?: readonly { readonly object: string; readonly id: Id }[]): string;
  /** Merges two records into a new one and returns its id. */
  merge(object: string, primary: Id, other: Id): string;
  archive(object: string, id: Id): void;
  restore(object: string, id: Id): void;
  gdprDelete(object: string, id: Id): void;
  /** Links two records; by the unlabelled kind unless a type id is given. */
  link(from: string, fromId: Id, to: string, toId: Id, typeId?: number): void;
  unlink(from: string, fromId: Id, to: string, toId: Id, typeId?: number): void;
  /** The record as it stands, or undefined when there is none; the survivor answers for a merged id. */
  get(object: string, id: Id): SeenRecord | undefined;
  /** Ids of the live records of an object, in order. */
  ids(object: string): readonly string[];
}

/** The person's side of a portal. */
export function personEdits(portal: Portal): PersonEdits {
  const table = (object: string): Table => {
    const found = tableNamed(portal, object);
    if (found === undefined) throw new Error(`The account has no object ${object}`);
    return found;
  };
  const record = (object: string, id: Id): HubRecord => {
    const found = findRecord(table(object), Number(id));
    if (found === undefined) throw new Error(`The account has no ${object} record ${id}`);
    return found;
  };
  const kind = (from: string, to: string, typeId: number | undefined): AssociationType =>
    (typeId === undefined ? undefined : portal.associationTypes.get(typeId)) ??
    defaultType(portal, table(from).type.id, table(to).type.id);
  const edits: PersonEdits = {
    edit: (object, id, properties) => updateRecord(portal, table(object), record(object, id), properties, 'person'),
    create(object, properties, links = []) {
      const made = createRecord(portal, table(object), properties, 'person', portal.clock.now());
      for (const link of links) edits.link(object, made.id, link.object, link.id);
      return String(made.id);
    },
    merge: (object, primary, other) =>
      String(mergeRecords(portal, table(object), record(object, primary), record(object, other), 'person').id),
    archive: (object, id) => setArchived(portal, table(object), record(object, id), true, 'person'),
    restore: (object, id) => setArchived(portal, table(object), record(object, id), false, 'person'),
    gdprDelete: (object, id) => eraseRecord(portal, table(object), record(object, id), 'person'),
    link: (from, fromId, to, toId, typeId) =>
      linkRecords(
        portal,
        table(from),
        Number(fromId),
        table(to),
        Number(toId),
        [kind(from, to, typeId).typeId],
        'person',
      ),
    unlink: (from, fromId, to, toId, typeId) =>
      unlinkRecords(
        portal,
        table(from),
        Number(fromId),
        table(to),
        Number(toId),
        typeId === undefined ? undefined : [typeId],
        'person',
      ),
    get(object, id) {
      const found = findRecord(table(object), Number(id));
      return found === undefined ? undefined : seen(portal, table(object), found);
    },
    ids: (object) => table(object).ids.map(String),
  };
  return edits;
}

function seen(portal: Portal, table: Table, record: HubRecord): SeenRecord {
  const properties: Record<string, string | null> = {};
  for (const name of table.properties.keys()) {
    const value = propertyValue(portal, table, record.current, name);
    if (value !== undefined) properties[name] = value;
  }
  const { archivedAt, updatedAt } = record.current;
  return {
    id: String(record.id),
    properties,
    archived: archivedAt !== undefined,
    createdAt: record.createdAt,
    updatedAt,
  };
}
