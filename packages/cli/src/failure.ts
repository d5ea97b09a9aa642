import { CrmError } from '@holdfast/core';

/** A mistake that the user can mend: one sentence with the next step, exit code 1 or 2, never a stack trace. */
export class UserError extends Error {
  readonly exitCode: 1 | 2;
  readonly code: string;

  constructor(code: string, message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.exitCode = exitCode;
  }
}

export interface Failure {
  readonly exitCode: 1 | 2;
  readonly code: string;
  readonly message: string;
}

/** Turns anything thrown into one sentence. Messages of the house hold no secrets; a stranger's message is not repeated. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof UserError) return { exitCode: error.exitCode, code: error.code, message: error.message };
  if (error instanceof CrmError) return { exitCode: 1, code: error.code, message: error.message };
  if (error instanceof Error) return describeSystemError(error);
  return {
    exitCode: 1,
    code: 'unexpected',
    message: 'Something unexpected was thrown; run again with HOLDFAST_DEBUG=1.',
  };
}

const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'This folder or file may not be written: choose another with --workspace, or mend its permissions.',
  EROFS: 'This folder is read-only: choose another with --workspace.',
  EPERM: 'The system refused this: choose another folder with --workspace, or mend its permissions.',
  ENOSPC: 'The disk is full: make room, then run the same command again; what was done is kept.',
  EADDRINUSE: 'This port is in use: choose another with --port, or 0 for any free one.',
};

function describeSystemError(error: Error): Failure {
  const { name } = error;
  if (name === 'AbortError') {
    return { exitCode: 1, code: 'stopped', message: 'Stopped. What was done is kept; run the same command to go on.' };
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unexpected';
  const known = SYSTEM[code];
  if (known) return { exitCode: 1, code, message: known };
  if (HOUSE_ERRORS.has(name)) return { exitCode: 1, code: name, message: error.message };
  return {
    exitCode: 1,
    code,
    message: `Something went wrong that Holdfast did not expect (${name}). Nothing was half-written; run again with HOLDFAST_DEBUG=1 for the details and open an issue.`,
  };
}

/** Error classes of our own packages whose messages are written for people. */
const HOUSE_ERRORS: ReadonlySet<string> = new Set([
  'BookError',
  'StoreError',
  'WorkspaceError',
  'PlanError',
  'SandboxError',
  'LockError',
]);
