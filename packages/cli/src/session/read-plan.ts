import { readFileSync } from 'node:fs';
import type { Plan } from '@holdfast/core';
import {
  accountWritten,
  contactWritten,
  entitySchemas,
  leadWritten,
  opportunityWritten,
  referralWritten,
} from '@holdfast/core/model';
import * as z from 'zod';
import { UserError } from '../failure.ts';

const linkWritten = entitySchemas.referralLink.pick({ referredId: true, referrerId: true });
const noteWritten = entitySchemas.note.pick({ body: true, occurredOn: true });
const taskWritten = entitySchemas.task.pick({ subject: true, body: true, dueOn: true, ownerId: true });

/** One planned write as a file holds it: a field that Holdfast does not own does not pass. */
function planned<E extends string>(entity: E, fields: z.ZodObject) {
  const values = z.strictObject(fields.shape).partial();
  return z.strictObject({
    entity: z.literal(entity),
    write: z.strictObject({
      key: z.string(),
      target: z.union([z.strictObject({ id: z.string() }), z.strictObject({ externalKey: z.string() })]),
      set: values,
      links: z.array(z.strictObject({ to: z.string(), id: z.string() })).optional(),
      archive: z.literal(true).optional(),
    }),
    before: values,
    label: z.string(),
    why: z.string(),
  });
}

export const planSchema = z.strictObject({
  version: z.literal(1),
  id: z.string(),
  crm: z.string(),
  orgId: z.string(),
  asOf: z.number().int(),
  writes: z.array(
    z.discriminatedUnion('entity', [
      planned('account', accountWritten),
      planned('contact', contactWritten),
      planned('opportunity', opportunityWritten),
      planned('lead', leadWritten),
      planned('task', taskWritten),
      planned('note', noteWritten),
      planned('referral', referralWritten),
      planned('referralLink', linkWritten),
    ]),
  ),
  heldBack: z.record(z.string(), z.number()),
  notes: z.array(z.string()),
}) as unknown as z.ZodType<Plan>;

/** Reads a plan file; a person may have taken writes out of it, but nothing strange may have come in. */
export function readPlan(file: string): Plan {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UserError(
      'bad-plan',
      `The plan file ${file} cannot be read as JSON: make a new plan with \`holdfast plan\`.`,
    );
  }
  const parsed = planSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    'bad-plan',
    `The plan file ${file} is not a plan (${z.core.toDotPath(issue?.path ?? [])}): make a new one with \`holdfast plan\`.`,
  );
}
