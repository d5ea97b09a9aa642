import { knownObject, type Org, objectOf, seconds } from './org.ts';
import type { FieldValues, LateChange, SalesforceEmulator, SalesforceRecord } from './salesforce-emulator.ts';
import { getter } from './store/read.ts';
import { type Cell, idOf, isDeleted, type Row } from './store/row.ts';
import { rowsWhere, type SObject, setCell } from './store/sobject.ts';
import { instant, parseInstant } from './store/values.ts';
import { type Author, addRow, changeRow } from './write/commit.ts';
import { bin, mergeRows, purge, restore } from './write/remove.ts';
import { permissionObjects } from './write/side-effects.ts';

type PersonEdits = Pick<
  SalesforceEmulator,
  | 'get'
  | 'ids'
  | 'create'
  | 'edit'
  | 'merge'
  | 'convertLead'
  | 'remove'
  | 'undelete'
  | 'purge'
  | 'purgeDeleteLog'
  | 'archive'
  | 'createLate'
  | 'editLate'
>;

/** What people do in the app: no permissions, no validation, whatever a person or an import manages to do. */
export function personEdits(org: Org): PersonEdits {
  const author = (at?: number): Author => ({
    by: 'person',
    userId: personId(org),
    request: 0,
    ...(at === undefined ? {} : { at }),
  });
  const table = (name: string): SObject => {
    const object = objectOf(org, name);
    if (object === undefined) throw new Error(`The org has no object ${name}`);
    return object;
  };
  const record = (name: string, id: string): Row => {
    const row = table(name).rows.get(id);
    if (row === undefined) throw new Error(`The org has no ${name} ${id}`);
    return row;
  };
  const edit = (name: string, id: string, fields: FieldValues, at?: number): void => {
    changeRow(org, author(at), table(name), record(name, id), stored(table(name), fields));
    schemaMaybe(org, name);
  };
  const create = (name: string, fields: FieldValues, id?: string, at?: number): string => {
    const row = addRow(org, author(at), table(name), withDefaults(table(name), stored(table(name), fields)), id);
    relate(org, author(at), table(name), row);
    schemaMaybe(org, name);
    return idOf(row);
  };
  return {
    create: (name, fields, id) => create(name, fields, id),
    edit: (name, id, fields) => edit(name, id, fields),
    merge: (name, master, loser) =>
      void mergeRows(org, author(), table(name), record(name, master), [record(name, loser)], new Map()),
    convertLead(id, wanted = {}) {
      const lead = seen(org, table('Lead'), id)?.fields ?? {};
      const value = (name: string): Cell => lead[name] ?? null;
      const accountId = wanted.accountId ?? create('Account', { Name: value('Company') });
      const contactId = create('Contact', {
        AccountId: accountId,
        LastName: value('LastName'),
        FirstName: value('FirstName'),
        Email: value('Email'),
      });
      const opportunityId =
        wanted.opportunity === undefined
          ? null
          : create('Opportunity', {
              ...{ Name: wanted.opportunity, AccountId: accountId, StageName: 'Prospecting' },
              CloseDate: new Date(org.clock.now() + 90 * 86_400_000).toISOString().slice(0, 10),
            });
      edit('Lead', id, {
        IsConverted: true,
        Status: 'Closed - Converted',
        ConvertedDate: new Date(org.clock.now()).toISOString().slice(0, 10),
        ConvertedAccountId: accountId,
        ConvertedContactId: contactId,
        ConvertedOpportunityId: opportunityId,
      });
      return { accountId, contactId, opportunityId };
    },
    remove: (name, id) => bin(org, author(), table(name), record(name, id)),
    undelete: (name, id) => restore(org, author(), table(name), record(name, id)),
    purge: (name, id) => purge(org, author(), table(name), record(name, id)),
    purgeDeleteLog(until) {
      const kept = org.deleteLog.filter((entry) => entry.at * 1000 > until);
      org.deleteLog.splice(0, org.deleteLog.length, ...kept);
    },
    archive: (name, id) => setCell(table(name), record(name, id), 'IsArchived', true),
    createLate(name, fields): LateChange {
      const at = seconds(org);
      table(name).settle();
      const id = org.ids.next(table(name).def.keyPrefix ?? '000');
      return { id, commit: () => void create(name, fields, id, at) };
    },
    editLate(name, id, fields): LateChange {
      const at = seconds(org);
      return { id, commit: () => edit(name, id, fields, at) };
    },
    get: (name, id) => seen(org, table(name), id),
    ids: (name) =>
      table(name)
        .byId.all()
        .filter((row) => !isDeleted(row))
        .map(idOf),
  };
}

/** People act as a user who is not the integration's: the second user of the org, or the first owner. */
function personId(org: Org): string {
  const users = knownObject(org, 'User');
  const logins = new Set(org.users.map((user) => user.id));
  return (
    users.byId
      .all()
      .map(idOf)
      .find((id) => !logins.has(id)) ??
    org.users[0]?.id ??
    ''
  );
}

/** Permission rows decide access, so a change of theirs is a change of schema. */
const schemaMaybe = (org: Org, name: string): void => {
  if (permissionObjects.has(knownObject(org, name).def.name)) org.counters.schema += 1;
};

function stored(object: SObject, fields: FieldValues): Map<string, Cell> {
  return new Map(
    Object.entries(fields).map(([name, value]) => {
      const field = object.fields.get(name.toLowerCase());
      if (field === undefined) throw new Error(`${object.def.name} has no field ${name}`);
      const time = field.type === 'datetime' && typeof value === 'string' ? parseInstant(value) : undefined;
      return [field.name, time ?? value];
    }),
  );
}

function withDefaults(object: SObject, values: Map<string, Cell>): Map<string, Cell> {
  for (const field of object.fields.values()) {
    if (
      !values.has(field.name) &&
      field.compute === null &&
      field.defaultValue !== null &&
      field.defaultValue !== false
    ) {
      values.set(field.name, field.defaultValue);
    }
  }
  return values;
}

/** A contact's own account is a direct relation where the org keeps relations. */
function relate(org: Org, author: Author, object: SObject, row: Row): void {
  const relations = objectOf(org, 'AccountContactRelation');
  const at = object.slots.get('accountid');
  const account = at === undefined ? null : (row[at] ?? null);
  if (relations === undefined || object.def.name !== 'Contact' || account === null) return;
  if ([...rowsWhere(relations, 'ContactId', idOf(row))].length > 0) return;
  addRow(
    org,
    author,
    relations,
    new Map<string, Cell>([
      ['AccountId', account],
      ['ContactId', idOf(row)],
      ['IsDirect', true],
      ['IsActive', true],
    ]),
  );
}

function seen(org: Org, object: SObject, id: string): SalesforceRecord | undefined {
  const row = object.rows.get(id);
  if (row === undefined) return undefined;
  const fields: Record<string, Cell> = {};
  for (const field of object.fields.values()) {
    const value = getter(org, object, field)(row);
    if (typeof value === 'object' && value !== null) continue;
    fields[field.name] = field.type === 'datetime' && typeof value === 'number' ? instant(value) : (value as Cell);
  }
  return { id, deleted: isDeleted(row), fields };
}
