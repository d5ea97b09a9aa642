import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../failure.ts';
import { type Config, configSchema } from './config.ts';

export const CONFIG_FILE = 'holdfast.config.json';

/** Reads and checks the config of a folder; every mistake is one sentence that names the place and the next step. */
export function loadConfig(folder: string): Config {
  const file = join(folder, CONFIG_FILE);
  if (!existsSync(file)) {
    throw new UserError(
      'no-config',
      `There is no ${CONFIG_FILE} here yet: run \`holdfast init\` first, or \`holdfast demo\` to look around.`,
    );
  }
  const parsed = configSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    'bad-config',
    `${CONFIG_FILE}: ${z.core.toDotPath(issue?.path ?? []) || 'the file'}: ${issue?.message ?? 'is wrong'}. Mend that line or run \`holdfast init\` again.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError('bad-config', `${CONFIG_FILE} is not valid JSON: mend it, or run \`holdfast init\` again.`);
  }
}

/** Writes the config whole or not at all. */
export function saveConfig(folder: string, config: Config): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, CONFIG_FILE);
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return file;
}
