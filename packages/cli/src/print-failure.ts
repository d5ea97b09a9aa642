import type { Failure } from './failure.ts';

/** One sentence on stderr, or with `--json` one object on stdout. Returns the exit code. */
export function printFailure({ exitCode, code, message }: Failure, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`);
  else process.stderr.write(`${message}\n`);
  return exitCode;
}
