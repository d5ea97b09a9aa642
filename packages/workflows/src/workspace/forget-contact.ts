import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Id } from '@holdfast/core';
import type { Store } from '../store/store.ts';
import type { Workspace } from './open-workspace.ts';

/** What was erased: rows of the store, and files of earlier runs that mentioned the contact. */
export interface ForgetReport {
  readonly rows: number;
  readonly files: number;
}

/**
 * Erases a contact from the store, from copies of it that an upgrade left, and from every file of earlier runs (records,
 * scores, plans, results, reports), and keeps it from coming back with the next pull. The CRM's own record is the
 * company's to erase.
 */
export async function forgetContact(workspace: Workspace, store: Store, contactId: Id): Promise<ForgetReport> {
  const contact = await store.get('contact', contactId);
  const details = [contact?.name, contact?.email].filter((text) => typeof text === 'string');
  const words = [contactId, ...details.map((text) => text.trim()).filter((text) => text !== '')];
  const rows = await store.forget(contactId);
  for (const backup of backupsOf(workspace)) rmSync(backup);
  const files = filesUnder(workspace.runsFolder).filter((file) => eraseWords(file, words)).length;
  return { rows, files };
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** An upgrade leaves a copy of the store as it was; nothing of the contact may live on in it. */
function backupsOf({ folder, storeFile }: Workspace): readonly string[] {
  const store = basename(storeFile);
  const names = readdirSync(folder).filter((name) => name.startsWith(`${store}.v`) && name.endsWith('.bak'));
  return names.map((name) => join(folder, name));
}

function eraseWords(file: string, words: readonly string[]): boolean {
  const text = readFileSync(file, 'utf8');
  const erased = words.reduce((rest, word) => {
    const asJson = JSON.stringify(word).slice(1, -1);
    return rest.replaceAll(whole(asJson), '[forgotten]').replaceAll(whole(word), '[forgotten]');
  }, text);
  if (erased === text) return false;
  writeFileSync(file, erased, { mode: 0o600 });
  return true;
}

/** A word that stands alone: `contact:1` is not in `contact:12`, nor Smith in Smithson; and no name of a JSON field. */
function whole(word: string): RegExp {
  const literal = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_]|":)`, 'gu');
}
