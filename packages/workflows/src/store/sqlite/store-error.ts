import { WorkspaceError } from '../../workspace/workspace-error.ts';

/** The primary result codes that a person can do something about (sqlite.org, "Result and Error Codes"). */
const BUSY = 5;
const READ_ONLY = 8;
const DAMAGED = 11;
const FULL = 13;
const NO_DATABASE = 26;

/**
 * What SQLite reports, in one sentence with the next step; `null` for what is a mistake of the program's own. An error
 * of ours stays as it is.
 */
export function storeError(file: string, cause: unknown): WorkspaceError | null {
  if (cause instanceof WorkspaceError) return cause;
  switch (primaryCode(cause)) {
    case BUSY:
      return new WorkspaceError('locked', 'Another run is writing to this workspace. Wait for it to end.', cause);
    case READ_ONLY:
      return new WorkspaceError('read-only', `The store ${file} cannot be written. Check its permissions.`, cause);
    case FULL:
      return new WorkspaceError('read-only', 'The disk is full. Make room, then run the same command again.', cause);
    case DAMAGED:
    case NO_DATABASE:
      return notAStore(file, cause);
    default:
      return null;
  }
}

/** The file holds something else, or was damaged. */
export function notAStore(file: string, cause: unknown): WorkspaceError {
  return new WorkspaceError(
    'damaged',
    `${file} is not a Holdfast store that can be opened, or it is damaged. Put back a copy of it, or move it away and pull again: what people decided about referrals is in it.`,
    cause,
  );
}

/** Extended codes carry the primary one in their lowest byte. */
function primaryCode(error: unknown): number | null {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}
