import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '@holdfast/core';
import type { Store } from '../store/store.ts';
import type { Workspace } from './open-workspace.ts';

/** What was erased: rows of the store, and files of earlier runs that mentioned the contact. */
export interface ForgetReport {
  readonly rows: number;
  readonly files: number;
}

/** A name or address shorter than this would hit other words when erased from files. */
const SHORTEST = 5;

/**
 * Erases a contact from the store and from every file of earlier runs (records, scores, plans, results, reports), and
 * keeps it from coming back with the next pull. The CRM's own record is the company's to erase.
 */
export async function forgetContact(workspace: Workspace, store: Store, contactId: Id): Promise<ForgetReport> {
  const contact = await store.get('contact', contactId);
  const details = [contact?.name, contact?.email].filter((text) => typeof text === 'string');
  const words = [contactId, ...details.filter((text) => text.length >= SHORTEST)];
  const rows = await store.forget(contactId);
  const files = filesUnder(workspace.runsFolder).filter((file) => eraseWords(file, words)).length;
  return { rows, files };
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function eraseWords(file: string, words: readonly string[]): boolean {
  const text = readFileSync(file, 'utf8');
  const erased = words.reduce((rest, word) => {
    const asJson = JSON.stringify(word).slice(1, -1);
    return rest.replaceAll(asJson, '[forgotten]').replaceAll(word, '[forgotten]');
  }, text);
  if (erased === text) return false;
  writeFileSync(file, erased, { mode: 0o600 });
  return true;
}
