import type { OwnedField } from '@holdfast/core';
import * as z from 'zod';
import { type CompositeAnswers, composite, rowsOf, type Shapes, shapeOf } from '../describe.ts';
import { protocolError } from '../errors.ts';
import { ownedFields, ownedName } from '../owned-name.ts';
import { recordId } from '../record-id.ts';
import { REFERRAL, REFERRAL_COLUMNS } from '../referral-object.ts';
import type { Session } from '../session.ts';
import { soql } from '../soql.ts';
import { isJwt } from '../token-form.ts';
import { OBJECTS } from '../write/fields.ts';
import { fieldPath, referralPath } from './custom-field.ts';
import { type Grants, SET_NAMES } from './permission-sets.ts';

/** What of Holdfast's is in the org now. */
export interface OrgState {
  readonly shapes: Shapes;
  /** Our fields, and our own object, that exist although this user has no access to them. */
  readonly hidden: ReadonlySet<string>;
  readonly sets: ReadonlyMap<string, { readonly id: string; readonly description: string; readonly grants: Grants }>;
  /** Ids of the assignments by permission set and user. */
  readonly assignments: readonly { readonly id: string; readonly set: string; readonly userId: string }[];
  readonly userId: string;
}

const ask = (query: { readonly soql: string }) => `/query?q=${encodeURIComponent(query.soql)}`;

/** Reads the schema afresh: what was described at connect may be older than the last install. */
export async function readOrgState(session: Session, signal?: AbortSignal): Promise<OrgState> {
  const objects = [...new Set(Object.values(OBJECTS))];
  const answers = await composite(
    session.client,
    {
      ...Object.fromEntries(objects.map((object) => [object, `/sobjects/${object}/describe`])),
      sets: ask(
        soql`SELECT Id, Name, Description FROM PermissionSet WHERE IsOwnedByProfile = FALSE AND Name IN ${SET_NAMES}`,
      ),
      fields: ask(
        soql`SELECT Parent.Name, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Parent.Name IN ${SET_NAMES}`,
      ),
      objects: ask(
        soql`SELECT Parent.Name, SobjectType, PermissionsCreate, PermissionsRead, PermissionsEdit, PermissionsDelete, PermissionsViewAllRecords, PermissionsModifyAllRecords FROM ObjectPermissions WHERE Parent.Name IN ${SET_NAMES}`,
      ),
      assignments: ask(
        soql`SELECT Id, PermissionSet.Name, AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name IN ${SET_NAMES}`,
      ),
    },
    'schema',
    signal,
  );
  const shapes = new Map(
    objects.flatMap((object) => {
      const shape = shapeOf(answers, object);
      return shape ? [[object, shape] as const] : [];
    }),
  );
  return {
    shapes,
    hidden: await hiddenFields(session, shapes, signal),
    sets: new Map(
      rows(answers, 'sets').map((row) => [
        text(row['Name']),
        {
          id: text(row['Id']),
          description: text(row['Description']),
          grants: actualGrants(answers, text(row['Name'])),
        },
      ]),
    ),
    assignments: rows(answers, 'assignments').map((row) => ({
      id: text(row['Id']),
      set: parentName(row['PermissionSet']),
      userId: recordId(text(row['AssigneeId'])) ?? '',
    })),
    userId: await runningUser(session, signal),
  };
}

type Row = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const parentName = (parent: unknown): string => text((parent as Row | null)?.['Name']);
const rows = (answers: CompositeAnswers, id: string): readonly Row[] => rowsOf(answers, id) ?? [];

function actualGrants(answers: CompositeAnswers, set: string): Grants {
  const own = (id: string) => rows(answers, id).filter((row) => parentName(row['Parent']) === set);
  const words = (row: Row, names: Readonly<Record<string, string>>) =>
    Object.entries(names)
      .flatMap(([name, word]) => (row[name] === true ? [word] : []))
      .join(', ');
  const objects = own('objects').map((row): [string, string] => [
    text(row['SobjectType']),
    words(row, {
      PermissionsCreate: 'create',
      PermissionsRead: 'read',
      PermissionsEdit: 'edit',
      PermissionsDelete: 'delete',
      PermissionsViewAllRecords: 'view all',
      PermissionsModifyAllRecords: 'modify all',
    }),
  ]);
  const fields = own('fields').map((row): [string, string] => [
    text(row['Field']),
    words(row, { PermissionsRead: 'read', PermissionsEdit: 'edit' }),
  ]);
  // rows of events are Salesforce's own mirror of those of tasks
  return new Map([...objects, ...fields].filter(([subject]) => !subject.startsWith('Event.')));
}

/**
 * A deployed field is visible to nobody until a permission set grants it, so describe alone cannot tell that it is there;
 * the list of the Metadata API can.
 */
async function hiddenFields(session: Session, shapes: Shapes, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const unseen = ownedFields((object) => shapes.has(object)).filter(
    (owned) => !shapes.get(OBJECTS[owned.entity])?.fields.has(ownedName(owned)),
  );
  const unseenColumns = REFERRAL_COLUMNS.filter(({ name }) => !shapes.get(REFERRAL)?.fields.has(name));
  if (unseen.length + unseenColumns.length === 0) return new Set();
  const listed = await session.client.call({ purpose: 'schema', signal }, async (connection) =>
    // this list is SOAP, which is closed to such tokens; deploying a field that is there already changes nothing
    isJwt(connection.accessToken)
      ? []
      : connection.metadata.list([
          { type: 'CustomField' },
          ...(shapes.has(REFERRAL) ? [] : [{ type: 'CustomObject' }]),
        ]),
  );
  const names = new Set([listed ?? []].flat().map(({ fullName }) => fullName));
  const exists = (owned: OwnedField) =>
    names.has(fieldPath(owned)) || names.has(`${OBJECTS[owned.entity]}.${ownedName(owned)}`);
  const own = [REFERRAL, ...unseenColumns.map(referralPath)].filter((name) => !shapes.has(name) && names.has(name));
  return new Set([...unseen.filter(exists).map(fieldPath), ...own]);
}

async function runningUser(session: Session, signal?: AbortSignal): Promise<string> {
  const answer = await session.client.call({ purpose: 'schema', signal }, (connection) =>
    connection.request<unknown>({ method: 'GET', url: '/services/oauth2/userinfo' }),
  );
  const parsed = z.object({ user_id: z.string() }).safeParse(answer);
  const id = parsed.success ? recordId(parsed.data.user_id) : null;
  if (id === null) throw protocolError('does not say who is logged in');
  return id;
}
