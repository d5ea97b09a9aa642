import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Workspace } from '../workspace/open-workspace.ts';
import { parseJson } from '../workspace/parse-json.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { type KeptModels, keptModels, NO_MODELS } from './kept-models.ts';

const fileOf = ({ folder }: Workspace): string => join(folder, 'models.json');

/** The workspace's models; none yet where no backtest has run. Throws `WorkspaceError` `damaged` for a broken or absurd file. */
export function readModels(workspace: Workspace): KeptModels {
  const file = fileOf(workspace);
  if (!existsSync(file)) return NO_MODELS;
  const parsed = keptModels.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = z.core.toDotPath(issue?.path ?? []);
  const where = place ? ` (${place}: ${issue?.message})` : '';
  throw new WorkspaceError(
    'damaged',
    `${file} is damaged${where}: move it away, then run \`holdfast backtest\` again; until then the points speak.`,
  );
}

/** Keeps the models, readable by their owner only; a crash leaves the old file or the new one, never half of one. */
export function writeModels(workspace: Workspace, models: KeptModels): void {
  const file = fileOf(workspace);
  writeFileSync(`${file}.new`, `${JSON.stringify(models)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
