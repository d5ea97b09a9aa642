import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PayeeVaultEntry } from '@holdfast/core';
import type { Workspace } from './open-workspace.ts';
import { parseJson } from './parse-json.ts';
import { WorkspaceError } from './workspace-error.ts';
import { writeWhole } from './write-whole.ts';

/** The one file of a workspace that names people who were erased: readable by its owner only, apart from the store. */
export const VAULT_FILE = 'vault.json';

/** Who is paid, in the order of their keys; nobody where there is no vault. Throws `WorkspaceError` `damaged`. */
export function readPayeeVault({ folder }: Pick<Workspace, 'folder'>): readonly PayeeVaultEntry[] {
  const file = join(folder, VAULT_FILE);
  if (!existsSync(file)) return [];
  const entries = parseJson(readFileSync(file, 'utf8'));
  if (Array.isArray(entries)) return entries as readonly PayeeVaultEntry[];
  throw new WorkspaceError('damaged', `${file} is no vault of payees. Put back the file from a copy.`);
}

/** Writes the vault anew, at once or not at all; an empty one leaves no file. Answers whether anything changed. */
export function writePayeeVault(workspace: Pick<Workspace, 'folder'>, entries: readonly PayeeVaultEntry[]): boolean {
  const sorted = [...entries].sort((a, b) => (a.partyId < b.partyId ? -1 : 1));
  if (JSON.stringify(sorted) === JSON.stringify(readPayeeVault(workspace))) return false;
  const file = join(workspace.folder, VAULT_FILE);
  if (sorted.length === 0) rmSync(file);
  else writeWhole(file, `${JSON.stringify(sorted, null, 2)}\n`);
  return true;
}
