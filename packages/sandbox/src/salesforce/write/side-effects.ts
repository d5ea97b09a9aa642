import { type Call, knownObject, objectOf } from '../org.ts';
import { type Cell, idOf, isDeleted, type Row } from '../store/row.ts';
import { cellOf, rowsWhere, type SObject } from '../store/sobject.ts';
import { authorOf } from './author.ts';
import { type Author, addRow, changeRow } from './commit.ts';

/** What the platform itself does after a save: person contacts, opportunity and order totals, permission changes, primary relations. */
export function afterSave(
  call: Call,
  object: SObject,
  row: Row,
  values: ReadonlyMap<string, Cell>,
  action: 'create' | 'update',
): void {
  const name = object.def.name;
  if (permissionObjects.has(name)) call.org.counters.schema += 1;
  if (name === 'Account') keepPersonContact(call, object, row, action);
  if (name === 'OpportunityLineItem') totalLines(call, 'Opportunity', 'Amount', object, row, 'OpportunityId');
  if (name === 'OrderItem') totalLines(call, 'Order', 'TotalAmount', object, row, 'OrderId');
  if (name === 'Contact' && values.has('AccountId')) relateDirectly(call, row, object);
  if (name === 'Opportunity' && action === 'create' && typeof values.get('ContactId') === 'string')
    addPrimaryRole(call, row, values);
}

/** Objects whose rows decide who may see what. */
export const permissionObjects: ReadonlySet<string> = new Set([
  'PermissionSet',
  'PermissionSetAssignment',
  'FieldPermissions',
  'ObjectPermissions',
]);

const system = (call: Call): Author => ({ ...authorOf(call), by: 'system' });

/** The sum of the live lines becomes the parent's amount; the parent is modified by it. */
export function totalLines(
  call: Call,
  parentName: string,
  amountField: string,
  lines: SObject,
  line: Row,
  lookup: string,
): void {
  const parents = knownObject(call.org, parentName);
  const parent = parents.rows.get(String(cellOf(lines, line, lookup)));
  if (parent === undefined) return;
  const live = [...rowsWhere(lines, lookup, idOf(parent))].filter((other) => !isDeleted(other));
  const total = live.reduce((sum, other) => sum + Number(cellOf(lines, other, 'TotalPrice') ?? 0), 0);
  changeRow(call.org, system(call), parents, parent, new Map([[amountField, Math.round(total * 100) / 100]]));
}

/** A person account is an account and a contact at once. */
function keepPersonContact(call: Call, accounts: SObject, row: Row, action: 'create' | 'update'): void {
  if (!accounts.fields.has('ispersonaccount')) return;
  const get = (field: string): Cell => cellOf(accounts, row, field);
  if (get('LastName') === null) return;
  const contacts = knownObject(call.org, 'Contact');
  const values = new Map<string, Cell>([
    ['FirstName', get('FirstName')],
    ['LastName', get('LastName')],
    ['Email', get('PersonEmail')],
    ['AccountId', idOf(row)],
    ['IsPersonAccount', true],
  ]);
  const name = [get('FirstName'), get('LastName')].filter((part) => part !== null).join(' ');
  if (action === 'create') {
    const contact = addRow(call.org, system(call), contacts, values);
    changeRow(
      call.org,
      system(call),
      accounts,
      row,
      new Map<string, Cell>([
        ['IsPersonAccount', true],
        ['PersonContactId', idOf(contact)],
        ['Name', name],
      ]),
    );
    return;
  }
  const contact = contacts.rows.get(String(get('PersonContactId')));
  if (contact !== undefined) changeRow(call.org, system(call), contacts, contact, values);
  changeRow(call.org, system(call), accounts, row, new Map([['Name', name]]));
}

/** Where contacts may have several accounts, the contact's own account is the direct relation. */
function relateDirectly(call: Call, contact: Row, contacts: SObject): void {
  const relations = objectOf(call.org, 'AccountContactRelation');
  if (relations === undefined) return;
  const account = cellOf(contacts, contact, 'AccountId');
  const mine = [...rowsWhere(relations, 'ContactId', idOf(contact))].filter((row) => !isDeleted(row));
  const direct = mine.find((row) => cellOf(relations, row, 'IsDirect') === true);
  if (direct !== undefined && cellOf(relations, direct, 'AccountId') === account) return;
  if (direct !== undefined) changeRow(call.org, system(call), relations, direct, new Map([['IsDirect', false]]));
  if (typeof account !== 'string') return;
  const values = new Map<string, Cell>([
    ['AccountId', account],
    ['ContactId', idOf(contact)],
    ['IsDirect', true],
    ['IsActive', true],
  ]);
  addRow(call.org, system(call), relations, values);
}

function addPrimaryRole(call: Call, row: Row, values: ReadonlyMap<string, Cell>): void {
  const roles = knownObject(call.org, 'OpportunityContactRole');
  const cells = new Map<string, Cell>([
    ['OpportunityId', idOf(row)],
    ['ContactId', values.get('ContactId') ?? null],
    ['IsPrimary', true],
  ]);
  addRow(call.org, system(call), roles, cells);
}
