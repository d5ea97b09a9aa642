/** Why a workspace cannot be used. */
export type WorkspaceErrorCode =
  | 'locked'
  | 'lease-lost'
  | 'read-only'
  | 'newer'
  | 'damaged'
  | 'missing'
  | 'guard'
  | 'unsupported'
  | 'bad_program'
  | 'other-key'
  | 'key-known'
  | 'org';

/** Something about the workspace or the run that a person must settle; the message says how. */
export class WorkspaceError extends Error {
  readonly code: WorkspaceErrorCode;

  constructor(code: WorkspaceErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'WorkspaceError';
    this.code = code;
  }
}
