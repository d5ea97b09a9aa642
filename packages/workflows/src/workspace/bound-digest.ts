import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../store/store.ts';
import type { Workspace } from './open-workspace.ts';
import { KEY_FILE, workspaceDigest } from './workspace-digest.ts';
import { WorkspaceError } from './workspace-error.ts';

/** A workspace's folder and its open store, which belong together. */
export interface Bound {
  readonly workspace: Pick<Workspace, 'folder'>;
  readonly store: Pick<Store, 'keyMark' | 'bindKey'>;
}

type Digest = ReturnType<typeof workspaceDigest>;

/**
 * The workspace's keyed digest, by the key that the store was filled with: the first one found is bound to the store by a
 * mark. Throws `WorkspaceError` `other-key` where that key is missing or another one lies in its place, since no digest of
 * the store would be known again, nor anybody who was erased; `damaged` where the file is no key.
 */
export async function boundDigest({ workspace, store }: Bound): Promise<Digest> {
  const bound = await store.keyMark();
  if (bound !== null && !existsSync(join(workspace.folder, KEY_FILE))) throw otherKey(workspace, 'is missing');
  const digest = workspaceDigest(workspace);
  if (bound === null) await store.bindKey(markOf(digest));
  else if (bound !== markOf(digest)) throw otherKey(workspace, 'is not the one that this store was filled with');
  return digest;
}

/**
 * The digest of the key that lies there or, where it is missing, of a new one: for going on without the store's own.
 * `bindNewKey` makes it the store's once everything was read anew with it; until then `boundDigest` goes on refusing.
 * Throws `WorkspaceError` `key-known` where the store's own key is there.
 */
export async function newKeyDigest({ workspace, store }: Bound): Promise<Digest> {
  const digest = workspaceDigest(workspace);
  if ((await store.keyMark()) !== markOf(digest)) return digest;
  throw new WorkspaceError(
    'key-known',
    `${join(workspace.folder, KEY_FILE)} is the key of this store: it needs no new one. Run the same command without --new-key.`,
  );
}

/** The store is held against this digest's key from now on. */
export async function bindNewKey({ store }: Pick<Bound, 'store'>, digest: Digest): Promise<void> {
  await store.bindKey(markOf(digest));
}

/** 48 bits of a digest that no record has: they tell keys apart, and say nothing of the key. */
function markOf(digest: Digest): number {
  return Number.parseInt(digest('mark of the workspace key').slice(0, 12), 16);
}

function otherKey({ folder }: Bound['workspace'], what: string): WorkspaceError {
  return new WorkspaceError(
    'other-key',
    `${join(folder, KEY_FILE)} ${what}: nobody who was erased would be known again. Put the file back from your backup. Only where there is none, \`holdfast pull --new-key\` goes on with a new one and reads everything again: whoever was erased is then known by their id alone, evidence of introductions counts as found anew, and payees have to be entered again.`,
  );
}
