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
  if (!(error instanceof Error)) return unexpected('unexpected', 'no error object');
  if (error.name === 'AbortError') return STOPPED;
  const code = codeOf(error);
  const system = SYSTEM[code] ?? SYSTEM[codeOf(error.cause)];
  if (HOUSE_ERRORS[error.name])
    return {
      exitCode: code === 'bad_program' ? 2 : 1,
      code: code || HOUSE_ERRORS[error.name] || '',
      message: error.message,
    };
  if (system) return { exitCode: 1, code: SYSTEM[code] ? code : codeOf(error.cause), message: system(placeOf(error)) };
  return unexpected(code || 'unexpected', error.name);
}

const STOPPED: Failure = {
  exitCode: 1,
  code: 'stopped',
  message: 'Stopped: what was done is kept and nothing is half-written, so run the same command to go on.',
};

/** Error classes of our own packages whose messages are written for people, with the code for those that carry none. */
const HOUSE_ERRORS: Readonly<Record<string, string>> = { BookError: 'bad-book', WorkspaceError: 'workspace' };

const SYSTEM: Readonly<Record<string, (place: string) => string>> = {
  EACCES: (place) => `${place} may not be written: choose another folder with --workspace, or mend its permissions.`,
  EPERM: (place) => `${place} may not be written: choose another folder with --workspace, or mend its permissions.`,
  EROFS: (place) => `${place} is on a read-only disk: choose another folder with --workspace.`,
  ENOTDIR: (place) => `${place} leads through a file that is not a folder: choose another path.`,
  EISDIR: (place) => `${place} is a folder where a file is needed: choose another path.`,
  EEXIST: (place) => `${place} is there already and is not a folder: move it away, or choose another path.`,
  ENOENT: (place) => `${place} does not exist: check the path.`,
  ENOSPC: () => 'The disk is full: make room, then run the same command again; what was done is kept.',
  EADDRINUSE: () => 'This port is in use: choose another with --port, or 0 for any free one.',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function placeOf(error: Error): string {
  return 'path' in error && typeof error.path === 'string' ? error.path : 'This folder or file';
}

function unexpected(code: string, name: string): Failure {
  return {
    exitCode: 1,
    code,
    message: `Something went wrong that Holdfast did not expect (${name}): run again with HOLDFAST_DEBUG=1 for the place, and open an issue with it.`,
  };
}
