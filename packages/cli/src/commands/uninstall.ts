import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWNED_FIELDS, REFERRAL_OBJECT } from '@holdfast/core';
import type { RunCommand } from '../commands.ts';
import { type Session, withSession } from '../session/session.ts';
import { pullStep } from '../steps/pull-step.ts';
import { applySchemaPlan, planSchema, schemaOf, schemaPlanText } from '../steps/schema-step.ts';

/** `holdfast uninstall`: shows the plan and who uses the fields; `--apply` exports our values, then removes the fields. */
export const uninstall: RunCommand = async (input) =>
  withSession(input, 'uninstall', async (session) => {
    const schema = schemaOf(await session.adapter());
    const plan = await planSchema(session, schema, 'removed');
    const text = schemaPlanText(plan, 'uninstall', input.options['apply'] === true);
    if (input.options['apply'] !== true || plan.refusals.length > 0 || plan.changes.length === 0) {
      return { exitCode: plan.refusals.length > 0 ? 1 : 0, json: { applied: false, ...plan }, text };
    }
    const exported = await exportValues(session);
    const results = await applySchemaPlan(schema, plan, session.io);
    return {
      exitCode: results.failed > 0 ? 1 : 0,
      json: { applied: true, exported, ...plan, ...results },
      text: `${text}\nOur values were kept in ${exported}.\n${results.text}`,
    };
  });

const EXPORTED = ['account', 'contact', 'opportunity', 'lead', 'referral'] as const;

/** One line per record that holds any of our values, people's own fields too, freshly read. */
async function exportValues(session: Session): Promise<string> {
  await pullStep(session, { full: true, acceptShrink: false });
  const file = join(session.run().path, 'exported-values.ndjson');
  writeFileSync(file, '', { mode: 0o600 });
  for (const entity of EXPORTED) {
    const owned =
      entity === 'referral' ? REFERRAL_OBJECT.fields : OWNED_FIELDS.filter((field) => field.entity === entity);
    const fields = owned.map(({ field }) => field);
    for await (const record of session.store.records(entity)) {
      const values = Object.fromEntries(
        Object.entries(record).filter(([field, value]) => fields.includes(field) && value !== null),
      );
      if (Object.keys(values).length > 0)
        appendFileSync(file, `${JSON.stringify({ entity, id: record.id, ...values })}\n`);
    }
  }
  return file;
}
