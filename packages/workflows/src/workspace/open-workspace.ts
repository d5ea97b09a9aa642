import { chmodSync, closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkspaceError } from './workspace-error.ts';

/** A workspace folder; everything in it is readable by its owner only. */
export interface Workspace {
  readonly folder: string;
  readonly storeFile: string;
  readonly runsFolder: string;
}

/**
 * Opens or makes a workspace folder (`.holdfast`): mode 0700, files 0600, ignored by git through a file of its own.
 * Throws `WorkspaceError` `read-only` with one sentence when nothing can be written there.
 */
export function openWorkspace(folder: string): Workspace {
  const workspace = { folder, storeFile: join(folder, 'store.db'), runsFolder: join(folder, 'runs') };
  try {
    mkdirSync(workspace.runsFolder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    chmodSync(workspace.runsFolder, 0o700);
    if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n', { mode: 0o600 });
    closeSync(openSync(workspace.storeFile, 'a', 0o600));
    chmodSync(workspace.storeFile, 0o600);
  } catch (cause) {
    throw notWritable(folder, cause);
  }
  return workspace;
}

function notWritable(folder: string, cause: unknown): WorkspaceError {
  const code = (cause as { readonly code?: string }).code ?? 'unknown error';
  return new WorkspaceError(
    'read-only',
    `The workspace folder ${folder} cannot be written (${code}). Give this user write permission, or choose another folder.`,
    cause,
  );
}
