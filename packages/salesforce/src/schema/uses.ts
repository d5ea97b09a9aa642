import { CrmError } from '@holdfast/core';
import * as z from 'zod';
import { protocolError } from '../errors.ts';
import type { Session } from '../session.ts';
import { type Soql, soql } from '../soql.ts';
import type { OrgState } from './org-state.ts';

const answer = z.object({ records: z.array(z.record(z.string(), z.unknown())) });

/** Who would miss what is removed: users with the permission sets, and flows, reports and layouts as far as the API tells. */
export async function readUses(session: Session, state: OrgState, signal?: AbortSignal): Promise<readonly string[]> {
  const users = [...state.sets.keys()].flatMap((name) => {
    const count = state.assignments.filter((one) => one.set === name).length;
    return count > 0 ? [`The permission set ${name} is assigned to ${count} ${count === 1 ? 'user' : 'users'}.`] : [];
  });
  return [...users, ...(await dependencies(session, signal))];
}

/** MetadataComponentDependency of the Tooling API; it knows most kinds of components, not all. */
async function dependencies(session: Session, signal?: AbortSignal): Promise<readonly string[]> {
  try {
    const fields = await tooling(
      session,
      soql`SELECT Id, DeveloperName FROM CustomField WHERE DeveloperName LIKE ${'Holdfast\\_%'}`,
      signal,
    );
    const names = new Map(fields.map((field) => [String(field['Id']), `${String(field['DeveloperName'])}__c`]));
    if (names.size === 0) return [];
    const uses = await tooling(
      session,
      soql`SELECT MetadataComponentName, MetadataComponentType, RefMetadataComponentId FROM MetadataComponentDependency WHERE RefMetadataComponentId IN ${[...names.keys()]}`,
      signal,
    );
    return uses.map(
      (use) =>
        `${names.get(String(use['RefMetadataComponentId'])) ?? 'A field'} is used by ${String(use['MetadataComponentType'])} ${String(use['MetadataComponentName'])}.`,
    );
  } catch (error) {
    if (!(error instanceof CrmError) || (error.code !== 'not-found' && error.code !== 'permission')) throw error;
    return ['The API does not tell what uses the fields: look at "Where is this used?" of each in Setup.'];
  }
}

async function tooling(
  session: Session,
  question: Soql,
  signal?: AbortSignal,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const url = `/tooling/query?q=${encodeURIComponent(question.soql)}`;
  const parsed = answer.safeParse(
    await session.client.call({ purpose: 'schema', signal }, (connection) =>
      connection.request<unknown>({ method: 'GET', url }),
    ),
  );
  if (!parsed.success) throw protocolError('to a query has another shape');
  return parsed.data.records;
}
