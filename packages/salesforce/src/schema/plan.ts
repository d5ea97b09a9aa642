import {
  OWNED_FIELDS,
  type OwnedField,
  type OwnedObjectField,
  type Problem,
  type SchemaChange,
  type SchemaPlan,
} from '@holdfast/core';
import type { DescribedField } from '../describe.ts';
import { missingValues, whyNotOurs } from '../field-type.ts';
import { ownedFields, ownedName } from '../owned-name.ts';
import { REFERRAL } from '../referral-object.ts';
import type { Session } from '../session.ts';
import { OBJECTS } from '../write/fields.ts';
import { FIELD_OBJECTS, fieldPath, referralFields } from './custom-field.ts';
import { differences, digestOf, readSignature } from './digest.ts';
import { type OrgState, readOrgState } from './org-state.ts';
import { grantsOf, type PermissionSet, permissionSets, SET_NAMES } from './permission-sets.ts';
import { readUses } from './uses.ts';

/** What `install` or `uninstall` would change, from the live schema; a re-run of what is done changes nothing. */
export async function planSchema(
  session: Session,
  target: 'installed' | 'removed',
  signal?: AbortSignal,
): Promise<SchemaPlan> {
  const state = await readOrgState(session, signal);
  if (target === 'removed')
    return { changes: removals(state), refusals: [], uses: await readUses(session, state, signal) };
  const owned = ownedFields((object) => state.shapes.has(object));
  const fields = [...owned.map((it) => planField(it, state)), planReferral(session, state)];
  const sets = permissionSets(session).map((set) => planSet(set, state));
  return {
    changes: [...fields, ...sets].flatMap(({ changes }) => changes).concat(assignment(state)),
    refusals: [...fields, ...sets].flatMap(({ refusals }) => refusals),
    uses: [],
  };
}

interface Part {
  readonly changes: readonly SchemaChange[];
  readonly refusals: readonly Problem[];
}
const nothing: Part = { changes: [], refusals: [] };

function planField(owned: OwnedField, state: OrgState): Part {
  const field = state.shapes.get(OBJECTS[owned.entity])?.fields.get(ownedName(owned));
  return planOne(owned, FIELD_OBJECTS[owned.entity], ownedName(owned), field, state);
}

/** Our own object as one change; where it is there already, what it lacks field by field. */
function planReferral(session: Session, state: OrgState): Part {
  const shape = state.shapes.get(REFERRAL);
  if (!shape && !state.hidden.has(REFERRAL)) {
    const id = `object:${REFERRAL}`;
    return { changes: [{ id, action: 'create', what: 'object', object: REFERRAL, name: REFERRAL }], refusals: [] };
  }
  const parts = referralFields((object) => session.shapes.has(object)).map(({ owned, name }) =>
    planOne(owned, REFERRAL, name, shape?.fields.get(name), state),
  );
  return { changes: parts.flatMap(({ changes }) => changes), refusals: parts.flatMap(({ refusals }) => refusals) };
}

function planOne(
  owned: Pick<OwnedField | OwnedObjectField, 'type'>,
  object: string,
  name: string,
  field: DescribedField | undefined,
  state: OrgState,
): Part {
  const path = `${object}.${name}`;
  const change = (action: 'create' | 'update'): Part => ({
    changes: [{ id: `field:${path}`, action, what: 'field', object, name }],
    refusals: [],
  });
  if (!field) return state.hidden.has(path) ? nothing : change('create');
  const why = whyNotOurs(owned, field);
  if (why !== null)
    return {
      changes: [],
      refusals: [
        {
          severity: 'error',
          code: 'field-type',
          message: `${path} ${why}: rename or remove that field first.`,
        },
      ],
    };
  return missingValues(owned, field).length > 0 ? change('update') : nothing;
}

function planSet(set: PermissionSet, state: OrgState): Part {
  const change = (action: 'create' | 'update'): Part => ({
    changes: [
      { id: `permissionSet:${set.name}`, action, what: 'permission set', object: 'PermissionSet', name: set.name },
    ],
    refusals: [],
  });
  const present = state.sets.get(set.name);
  if (!present) return change('create');
  const signature = readSignature(present.description);
  const wanted = grantsOf(set);
  const edits = differences(present.grants, wanted);
  if (edits.length === 0) return nothing;
  if (signature?.made === digestOf(present.grants))
    return signature.wanted === digestOf(wanted) ? nothing : change('update');
  const message = `The permission set ${set.name} was edited, and installing would undo that: ${edits.join('; ')}. Move the edits to a set of your own in a permission set group, or delete ${set.name}.`;
  return { changes: [], refusals: [{ severity: 'error', code: 'permission-set-edited', message }] };
}

function assignment(state: OrgState): readonly SchemaChange[] {
  const [set] = SET_NAMES;
  if (state.assignments.some((one) => one.set === set && one.userId === state.userId)) return [];
  return [
    {
      id: `assignment:${set}`,
      action: 'assign',
      what: 'permission set to the user that is logged in',
      object: 'PermissionSetAssignment',
      name: set,
    },
  ];
}

/** Permission sets first: Salesforce deletes no field that one of them names. */
function removals(state: OrgState): readonly SchemaChange[] {
  const sets = [...state.sets.keys()].map(
    (name): SchemaChange => ({
      id: `permissionSet:${name}`,
      action: 'remove',
      what: 'permission set',
      object: 'PermissionSet',
      name,
    }),
  );
  const fields = OWNED_FIELDS.filter((owned) => {
    const field = state.shapes.get(OBJECTS[owned.entity])?.fields.get(ownedName(owned));
    return field ? whyNotOurs(owned, field) === null : state.hidden.has(fieldPath(owned));
  }).map(
    (owned): SchemaChange => ({
      id: `field:${fieldPath(owned)}`,
      action: 'remove',
      what: 'field and its values',
      object: FIELD_OBJECTS[owned.entity],
      name: ownedName(owned),
    }),
  );
  const object = state.shapes.has(REFERRAL) || state.hidden.has(REFERRAL);
  const own: SchemaChange[] = object
    ? [
        {
          id: `object:${REFERRAL}`,
          action: 'remove',
          what: 'object and its records',
          object: REFERRAL,
          name: REFERRAL,
        },
      ]
    : [];
  return [...sets, ...own, ...fields];
}
