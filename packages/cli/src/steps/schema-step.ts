import type { CrmAdapter, SchemaPlan } from '@holdfast/core';
import { withRetries } from '@holdfast/workflows';
import { UserError } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Session } from '../session/session.ts';
import { columns } from '../text/columns.ts';

type Schema = NonNullable<CrmAdapter['schema']>;

/** The adapter's schema side; a CRM without one cannot be installed into. */
export function schemaOf(adapter: CrmAdapter): Schema {
  if (adapter.schema) return adapter.schema;
  throw new UserError(
    'no-schema',
    'This CRM has no fields that Holdfast could create; its report works without them.',
    2,
  );
}

/** What would have to change; asking again does no harm, so a broken connection is tried again. */
export function planSchema(
  { clock, random, io: { signal } }: Session,
  schema: Schema,
  target: 'installed' | 'removed',
) {
  return withRetries(() => schema.plan(target, signal), { clock, random, signal });
}

/** Carries a schema plan out and counts how each change ended. */
export async function applySchemaPlan(schema: Schema, plan: SchemaPlan, io: Io) {
  io.progress(`Making ${plan.changes.length} changes`);
  const results = await schema.apply(plan.changes, io.signal);
  const failures = results.filter(({ status }) => status === 'failed');
  const names = new Map(plan.changes.map(({ id, what, object, name }) => [id, `${what} ${object} ${name}`.trim()]));
  const text = [
    `${results.length - failures.length} of ${results.length} changes done.`,
    ...failures.map(({ id, error }) => `Not done: ${names.get(id) ?? id}: ${error?.message ?? 'no reason was given'}`),
  ].join('\n');
  return { done: results.length - failures.length, failed: failures.length, text };
}

/** A schema plan for the person who decides. */
export function schemaPlanText(
  { changes, refusals, uses }: SchemaPlan,
  command: 'install' | 'uninstall',
  acts: boolean,
): string {
  return [
    changes.length === 0 ? 'Nothing to change.' : `${changes.length} changes:`,
    ...columns(changes.map(({ action, what, object, name }) => [action, what, object, name])),
    ...uses.map((use) => `In use: ${use}`),
    ...refusals.map(({ message }) => `Refused: ${message}`),
    ...(changes.length > 0 && refusals.length === 0 && !acts ? [`Do it with \`holdfast ${command} --apply\`.`] : []),
  ].join('\n');
}
