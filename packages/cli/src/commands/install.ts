import { resolve } from 'node:path';
import type { RunCommand } from '../commands.ts';
import { UserError } from '../failure.ts';
import { withSession } from '../session/session.ts';
import { permissionsText } from '../steps/permissions-text.ts';
import { applySchemaPlan, planSchema, schemaOf, schemaPlanText } from '../steps/schema-step.ts';
import { writeSourceFiles } from '../steps/write-source-files.ts';

/** `holdfast install`: shows the plan; `--apply` acts; `--out` writes source files and needs no permission. */
export const install: RunCommand = async (input) =>
  withSession(input, 'install', async (session) => {
    const adapter = await session.adapter();
    const schema = schemaOf(adapter);
    if (input.options['out'] !== undefined) return writeFiles(schema.files?.(), String(input.options['out']));
    const plan = await planSchema(session, schema, 'installed');
    const { permissions } = session.module;
    const text = schemaPlanText(plan, 'install', input.options['apply'] === true);
    const needed = permissionsText(permissions);
    if (input.options['apply'] !== true || plan.refusals.length > 0 || plan.changes.length === 0) {
      return {
        exitCode: plan.refusals.length > 0 ? 1 : 0,
        json: { applied: false, ...plan, permissions },
        text: `${text}\n${needed}`,
      };
    }
    const results = await applySchemaPlan(schema, plan, session.io);
    return {
      exitCode: results.failed > 0 ? 1 : 0,
      json: { applied: true, ...plan, ...results, permissions },
      text: `${text}\n${results.text}\n${needed}\nNext: \`holdfast pull\`, then \`holdfast plan\` shows what would be written.`,
    };
  });

function writeFiles(files: Readonly<Record<string, string>> | undefined, folder: string) {
  if (!files)
    throw new UserError('no-source-format', 'This CRM has no source format: use `holdfast install --apply`.', 2);
  writeSourceFiles(files, folder);
  const paths = Object.keys(files);
  return {
    exitCode: 0 as const,
    json: { folder: resolve(folder), files: paths },
    text: `Wrote ${paths.length} files under ${resolve(folder)}. Deploy them with your own pipeline, then run \`holdfast check\`.`,
  };
}
