import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from './open-workspace.ts';
import { WorkspaceError } from './workspace-error.ts';

const KEY_BYTES = 32;
/** The file in the workspace folder that holds the key. */
export const KEY_FILE = 'key';

/**
 * A keyed digest (HMAC-SHA-256, in hex) of this workspace: equal texts have equal digests here and nowhere else, and
 * without the key nobody can try out addresses. The key is made once, readable by its owner only, and stays in the folder:
 * with another one nobody who was erased would be known again. Throws `WorkspaceError` `damaged` where the key's file is none.
 */
export function workspaceDigest({ folder }: Pick<Workspace, 'folder'>): (text: string) => string {
  const key = readKey(join(folder, KEY_FILE));
  return (text) => createHmac('sha256', key).update(text.normalize('NFC'), 'utf8').digest('hex');
}

/** Enough of a digest to tell millions of texts apart: 80 bits, since a mail holds several. */
const KEY_DIGITS = 20;

/**
 * Digests short enough to be kept by the million, for comparing the people of mails and meetings. Those of texts met
 * before come from memory: a book knows far fewer people than it has mails.
 */
export function partyKeys(digest: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let key = known.get(text);
    if (key !== undefined) return key;
    key = digest(text).slice(0, KEY_DIGITS);
    if (known.size > 200_000) known.clear();
    known.set(text, key);
    return key;
  };
}

function readKey(file: string): Buffer {
  const known = keyIn(file);
  if (known) return known;
  // the link is made at once or not at all, so that two commands never use two keys
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as { readonly code?: string }).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return keyIn(file)!;
}

function keyIn(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'ENOENT') return null;
    throw error;
  }
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new WorkspaceError(
    'damaged',
    `${file} is no key. Put back the file from a copy. Only where there is none, remove it: whoever was erased is then known by their id alone.`,
  );
}
