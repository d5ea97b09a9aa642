import type { Org, OrgUser } from './org.ts';
import type { SalesforceEmulator } from './salesforce-emulator.ts';
import { audit, idField, isDeletedField, owner } from './schema/common.ts';
import { type Field, field, text } from './schema/field.ts';
import type { ObjectDef } from './schema/object.ts';
import { makeSObject, type SObject, slotOf } from './store/sobject.ts';

type AdminEdits = Pick<
  SalesforceEmulator,
  | 'defineField'
  | 'renameField'
  | 'removeField'
  | 'defineObject'
  | 'removeObject'
  | 'setFieldAccess'
  | 'setObjectAccess'
  | 'hide'
  | 'lock'
  | 'expireSessions'
  | 'expireCursors'
  | 'setApiUsage'
>;

/** What the customer's admin does in Setup, and the switches of the platform itself. */
export function adminEdits(org: Org): AdminEdits {
  const object = (name: string): SObject => {
    const found = org.objects.get(name.toLowerCase());
    if (found === undefined) throw new Error(`The org has no object ${name}`);
    return found;
  };
  const schemaChange = (objectName: string, to: string): void => {
    org.counters.schema += 1;
    org.journal.push({ request: 0, at: org.clock.now(), by: 'person', action: 'schema', object: objectName, id: to });
  };
  return {
    defineField(name, fieldName, type, options = {}) {
      addField(object(name), field(fieldName, type, options));
      schemaChange(name, fieldName);
    },
    renameField(name, from, to) {
      renameField(object(name), from, to);
      schemaChange(name, to);
    },
    removeField(name, fieldName) {
      object(name).fields.delete(fieldName.toLowerCase());
      schemaChange(name, fieldName);
    },
    defineObject(name, label, keyPrefix) {
      const more = keyPrefix === undefined ? {} : { keyPrefix };
      org.objects.set(name.toLowerCase(), makeSObject(customObject(org, name, label, more)));
      schemaChange(name, name);
    },
    removeObject(name) {
      org.objects.delete(name.toLowerCase());
      schemaChange(name, name);
    },
    setFieldAccess(username, name, access) {
      limit(org, username, 'fieldAccess', name, access);
      schemaChange(name, username);
    },
    setObjectAccess(username, name, access) {
      limit(org, username, 'objectAccess', name, access);
      schemaChange(name, username);
    },
    hide(...ids) {
      for (const id of ids) org.hidden.add(id);
    },
    lock: (id, times) => void org.locks.set(id, times),
    expireSessions: () => org.sessions.clear(),
    expireCursors: () => org.cursors.clear(),
    setApiUsage(calls) {
      org.counters.usageDay = Math.floor(org.clock.now() / 86_400_000);
      org.counters.apiUsage = calls;
    },
  };
}

/** Adds a field to an object; a field of that name is replaced, its values stay. */
export function addField(object: SObject, added: Field): void {
  object.fields.set(added.name.toLowerCase(), added);
}

function renameField(object: SObject, from: string, to: string): void {
  const old = object.fields.get(from.toLowerCase());
  if (old === undefined) throw new Error(`${object.def.name} has no field ${from}`);
  object.slots.set(to.toLowerCase(), slotOf(object, from));
  object.slots.delete(from.toLowerCase());
  object.fields.delete(from.toLowerCase());
  object.indexes.delete(from.toLowerCase());
  object.fields.set(to.toLowerCase(), { ...old, name: to });
}

/** The standard part of a custom object: Id, owner, name, audit fields; key prefixes a00, a01, … */
export function customObject(org: Org, name: string, label: string, more: Partial<ObjectDef> = {}): ObjectDef {
  const used = [...org.objects.values()].filter(
    (candidate) => candidate.def.keyPrefix?.startsWith('a') === true,
  ).length;
  const keyPrefix = `a${String(used).padStart(2, '0')}`;
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix,
    custom: true,
    fields: [
      idField('Record'),
      owner(),
      isDeletedField,
      text('Name', 80, { label: `${label} Name`, nameField: true, idLookup: true, permissionable: false }),
      ...audit,
    ],
    ...more,
  };
}

function limit(
  org: Org,
  username: string,
  kind: 'fieldAccess' | 'objectAccess',
  name: string,
  access: 'none' | 'read' | 'edit',
): void {
  const index = org.users.findIndex((user) => user.username === username);
  const user = org.users[index];
  if (user === undefined) throw new Error(`The org has no login ${username}`);
  const limits: Record<string, 'none' | 'read'> = { ...user[kind] };
  if (access === 'edit') delete limits[name];
  else limits[name] = access;
  Object.assign(user as { -readonly [key in keyof OrgUser]: OrgUser[key] }, { [kind]: limits });
}
