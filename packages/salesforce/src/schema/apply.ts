import { CrmError, OWNED_FIELDS, type SchemaChange, type SchemaResult } from '@holdfast/core';
import { KEY_FIELD, ownedName } from '../owned-name.ts';
import { REFERRAL, REFERRAL_COLUMNS } from '../referral-object.ts';
import type { Session } from '../session.ts';
import { OBJECTS } from '../write/fields.ts';
import { collectionRows, resultOf } from '../write/results.ts';
import { fieldPath, referralFields, referralPath } from './custom-field.ts';
import { deploy, type Refusals } from './deploy.ts';
import { digestOf, signed } from './digest.ts';
import { type OrgState, readOrgState } from './org-state.ts';
import { installPackage, removalPackage } from './package-files.ts';
import { grantsOf, permissionSets } from './permission-sets.ts';

/**
 * Carries out what a plan says: deployed as metadata, first as a check and then for good, whole or not at all; then the
 * permission set is assigned and what this user can do with each field is verified by describe.
 */
export async function applySchema(
  session: Session,
  changes: readonly SchemaChange[],
  signal?: AbortSignal,
): Promise<readonly SchemaResult[]> {
  if (changes.length === 0) return [];
  const removals = changes.filter(({ action }) => action === 'remove');
  if (removals.length > 0 && removals.length < changes.length)
    throw new CrmError('invalid', 'A plan either installs or removes: apply one at a time.');
  return removals.length > 0 ? remove(session, changes, signal) : install(session, changes, signal);
}

async function install(
  session: Session,
  changes: readonly SchemaChange[],
  signal?: AbortSignal,
): Promise<readonly SchemaResult[]> {
  const ids = new Set(changes.map(({ id }) => id));
  const fields = OWNED_FIELDS.filter((owned) => ids.has(`field:${fieldPath(owned)}`));
  const sets = permissionSets(session).filter(({ name }) => ids.has(`permissionSet:${name}`));
  const whole = ids.has(`object:${REFERRAL}`);
  const columns = referralFields((object) => session.shapes.has(object)).filter(
    (column) => whole || ids.has(`field:${referralPath(column)}`),
  );
  if (fields.length + sets.length + columns.length > 0) {
    const files = installPackage({ fields, sets, referral: { whole, fields: columns } });
    const refused = await deployChecked(session, files, signal);
    if (refused.size > 0) return changes.map((change) => refusedResult(change, refused));
    await sign(session, sets, signal);
  }
  if (changes.some(({ action }) => action === 'assign')) await assign(session, signal);
  const state = await readOrgState(session, signal);
  return changes.map((change) => verified(change, state));
}

/** A check first, so that nothing is half done where the org would refuse a part. */
async function deployChecked(
  session: Session,
  files: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Refusals> {
  const refused = await deploy(session, files, { checkOnly: true, signal });
  return refused.size > 0 ? refused : deploy(session, files, { checkOnly: false, signal });
}

/** Notes in each set's description what Salesforce made of it, to know a later edit from our own content. */
async function sign(session: Session, sets: ReturnType<typeof permissionSets>, signal?: AbortSignal): Promise<void> {
  const state = await readOrgState(session, signal);
  const records = sets.flatMap((set) => {
    const made = state.sets.get(set.name);
    return made
      ? [
          {
            Id: made.id,
            Description: signed(set.description, { wanted: digestOf(grantsOf(set)), made: digestOf(made.grants) }),
          },
        ]
      : [];
  });
  if (records.length === 0) return;
  const answer = await session.client.call({ purpose: 'schema', signal, writes: true }, (connection) =>
    connection.update('PermissionSet', records, { allOrNone: false }),
  );
  throwFailed(collectionRows(answer, records.length));
}

async function assign(session: Session, signal?: AbortSignal): Promise<void> {
  const state = await readOrgState(session, signal);
  const set = state.sets.get('Holdfast');
  if (!set) throw new CrmError('not-found', 'The permission set Holdfast is not there: plan the installation again.');
  const record = { PermissionSetId: set.id, AssigneeId: state.userId };
  const answer = await session.client.call({ purpose: 'schema', signal, writes: true }, (connection) =>
    connection.create('PermissionSetAssignment', [record], { allOrNone: false }),
  );
  throwFailed(collectionRows(answer, 1));
}

function throwFailed(rows: ReturnType<typeof collectionRows>): void {
  for (const row of rows) {
    const result = resultOf({ key: '', target: { id: '' }, set: {} }, row, '');
    if (result.status === 'failed') throw result.error;
  }
}

/** A deployed field may still be closed to this user: only describe tells. */
function verified(change: SchemaChange, state: OrgState): SchemaResult {
  if (change.object === REFERRAL) return verifiedReferral(change, state);
  const owned = OWNED_FIELDS.find((field) => change.id === `field:${fieldPath(field)}`);
  if (!owned) return { id: change.id, status: 'done' };
  const field = state.shapes.get(OBJECTS[owned.entity])?.fields.get(ownedName(owned));
  const works = field !== undefined && (owned.writer === 'people' || field.updateable);
  if (works) return { id: change.id, status: 'done' };
  const message = `${fieldPath(owned)} was made, but this user has no access to it: assign it the permission set Holdfast.`;
  return { id: change.id, status: 'failed', error: new CrmError('permission', message) };
}

function verifiedReferral(change: SchemaChange, state: OrgState): SchemaResult {
  const shape = state.shapes.get(REFERRAL);
  const name = change.name === REFERRAL ? KEY_FIELD : change.name;
  const field = shape?.fields.get(name);
  const isPeoples = REFERRAL_COLUMNS.some((it) => it.name === name && it.owned.writer === 'people');
  if (shape?.createable && field && (isPeoples || field.updateable)) return { id: change.id, status: 'done' };
  const message = `${REFERRAL} was made, but this user has no access to it: assign it the permission set Holdfast.`;
  return { id: change.id, status: 'failed', error: new CrmError('permission', message) };
}

function refusedResult(change: SchemaChange, refused: Refusals): SchemaResult {
  const name =
    change.what === 'permission set' || change.name === change.object ? change.name : `${change.object}.${change.name}`;
  const own = refused.get(name) ?? refused.get(change.name);
  const other = refused.values().next().value ?? '';
  const message = own
    ? `Salesforce refuses ${name}: ${own}.`
    : `Nothing was changed, because Salesforce refuses another part: ${other}.`;
  return { id: change.id, status: 'failed', error: new CrmError('invalid', message) };
}

async function remove(
  session: Session,
  changes: readonly SchemaChange[],
  signal?: AbortSignal,
): Promise<readonly SchemaResult[]> {
  const state = await readOrgState(session, signal);
  const sets = changes.filter(({ object }) => object === 'PermissionSet').map(({ name }) => name);
  const objects = changes.filter(({ object, name }) => object === name).map(({ name }) => name);
  const fields = changes
    .filter(({ object, name }) => object !== 'PermissionSet' && object !== name)
    .map(({ object, name }) => `${object}.${name}`);
  const files = removalPackage({ objects, fields, sets });
  const refused = await deploy(session, files, { checkOnly: true, signal });
  if (refused.size > 0) return changes.map((change) => refusedResult(change, refused));
  await unassign(session, state, sets, signal);
  const failed = await deploy(session, files, { checkOnly: false, signal });
  return changes.map((change) => (failed.size > 0 ? refusedResult(change, failed) : { id: change.id, status: 'done' }));
}

/** Salesforce deletes no permission set that somebody has. */
async function unassign(
  session: Session,
  state: OrgState,
  sets: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const ids = state.assignments.filter(({ set }) => sets.includes(set)).map(({ id }) => id);
  for (let start = 0; start < ids.length; start += 200) {
    const part = ids.slice(start, start + 200);
    const answer = await session.client.call({ purpose: 'schema', signal, writes: true }, (connection) =>
      connection.destroy('PermissionSetAssignment', part, { allOrNone: false }),
    );
    throwFailed(collectionRows(answer, part.length));
  }
}
