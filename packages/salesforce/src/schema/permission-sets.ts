import type { AnyRule } from '../bind.ts';
import { maps } from '../maps/index.ts';
import { ownedFields, ownedName } from '../owned-name.ts';
import { REFERRAL } from '../referral-object.ts';
import type { Session } from '../session.ts';
import { OBJECTS } from '../write/fields.ts';
import { referralFields, referralPath } from './custom-field.ts';
import { metadataXml } from './xml.ts';

/** What a permission set gives, line by line, so that two can be compared: `Account` to `read, edit, view all`. */
export type Grants = ReadonlyMap<string, string>;

/** `note`: fill in what is theirs, as sharing allows; `read` and `edit`: every record; `own`: records that Holdfast makes and takes away. */
type ObjectAccess = 'note' | 'read' | 'edit' | 'own';

export interface PermissionSet {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly objects: readonly { readonly object: string; readonly access: ObjectAccess }[];
  readonly fields: readonly { readonly field: string; readonly edit: boolean }[];
  /** Permissions of the user as a whole. */
  readonly user: readonly string[];
}

/** The permission sets that Holdfast owns; the first is for the integration user, the second for people. */
export const SET_NAMES = ['Holdfast', 'Holdfast_People'] as const;

/**
 * What the integration user needs, from the maps as bound to this org: Read and View All where they read, Edit where
 * the plan writes. People get to see the scores and to fill in what is theirs.
 */
export function permissionSets(session: Session): readonly PermissionSet[] {
  return [
    {
      name: SET_NAMES[0],
      user: ['ApiEnabled', 'EditTask'],
      label: 'Holdfast',
      description: 'Access of the Holdfast integration user. Compose it in a permission set group, do not edit it.',
      objects: readObjects(session).map((object) => ({ object, access: accessTo(object) })),
      fields: [
        ...readFields(session).map((field) => ({ field, edit: false })),
        ...ownedGrants(session, 'holdfast'),
        ...referralGrants(session, 'holdfast'),
      ],
    },
    {
      name: SET_NAMES[1],
      user: [],
      label: 'Holdfast People',
      description: 'Lets people see what Holdfast writes and fill in what is theirs. Compose it, do not edit it.',
      objects: [{ object: REFERRAL, access: 'note' }],
      fields: [
        ...ownedGrants(session, 'people').filter(({ field }) => !field.startsWith('Task.')),
        ...referralGrants(session, 'people'),
      ],
    },
  ];
}

/** Objects without a permission of their own: activities, users, and what hangs on a parent. */
const GOVERNED_ELSEWHERE = [
  'Task',
  'Event',
  'User',
  'OpportunityLineItem',
  'OrderItem',
  'AccountContactRelation',
  'EmailMessage',
];

function readObjects(session: Session): readonly string[] {
  // our own object is granted as soon as it is made
  const read = [...new Set([...session.shapes.keys(), REFERRAL])];
  const products = read.some((object) => object === 'OpportunityLineItem' || object === 'OrderItem')
    ? ['Product2']
    : [];
  return [...read.filter((object) => !GOVERNED_ELSEWHERE.includes(object)), ...products].sort();
}

function accessTo(object: string): ObjectAccess {
  if (object === REFERRAL) return 'own';
  return Object.values(OBJECTS).includes(object) ? 'edit' : 'read';
}

function referralGrants(session: Session, editor: 'holdfast' | 'people'): PermissionSet['fields'] {
  return referralFields((object) => session.shapes.has(object)).map((column) => ({
    field: referralPath(column),
    edit: column.owned.writer === editor,
  }));
}

/** Fields that the maps read and that field-level security can hide; an address is granted as a whole. */
function readFields(session: Session): readonly string[] {
  const bound = Object.values(session.bound).flatMap((how) => ('unavailable' in how ? [] : how.sources));
  const sources = [
    ...bound.map(({ object, rules, unless }) => ({ object, names: [...namesOf(rules), ...Object.keys(unless)] })),
    { object: 'Task', names: namesOf(maps.task.sources[0].fields) },
  ];
  return [...new Set(sources.flatMap(({ object, names }) => grantable(session, object, names)))].sort();
}

function namesOf(rules: Readonly<Record<string, AnyRule>>): readonly string[] {
  return Object.values(rules).flatMap((rule) =>
    rule.rule === 'field' ? [rule.name] : rule.rule === 'fields' ? rule.names : [],
  );
}

function grantable(session: Session, object: string, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const field = session.shapes.get(object)?.fields.get(name);
    if (!field?.permissionable || name.startsWith('Holdfast_') || object === REFERRAL) return [];
    return [`${object}.${field.compoundFieldName ?? name}`];
  });
}

/** Fields of Activity are granted as those of tasks; Salesforce itself mirrors them for events. */
function ownedGrants(session: Session, editor: 'holdfast' | 'people'): PermissionSet['fields'] {
  return ownedFields((object) => session.shapes.has(object)).map((owned) => ({
    field: `${OBJECTS[owned.entity]}.${ownedName(owned)}`,
    edit: owned.writer === editor,
  }));
}

/** The metadata of a permission set; deploying it replaces the whole content (API 40 and later). */
export function permissionSetXml(set: PermissionSet): string {
  return metadataXml('PermissionSet', {
    description: set.description,
    fieldPermissions: set.fields.map(({ field, edit }) => ({ editable: edit, field, readable: true })),
    hasActivationRequired: false,
    label: set.label,
    objectPermissions: set.objects.map(({ object, access }) => ({
      ...{ allowCreate: access === 'own', allowDelete: access === 'own' },
      ...{ allowEdit: access !== 'read', allowRead: true },
      ...{ modifyAllRecords: false, object, viewAllRecords: access !== 'note' },
    })),
    userPermissions: set.user.map((name) => ({ enabled: true, name })),
  });
}

const GRANTED: Readonly<Record<ObjectAccess, string>> = {
  note: 'read, edit',
  read: 'read, view all',
  edit: 'read, edit, view all',
  own: 'create, read, edit, delete, view all',
};

/** What a set would grant. */
export function grantsOf(set: PermissionSet): Grants {
  return new Map([
    ...set.objects.map(({ object, access }): [string, string] => [object, GRANTED[access]]),
    ...set.fields.map(({ field, edit }): [string, string] => [field, edit ? 'read, edit' : 'read']),
  ]);
}
