import { expect } from 'vitest';
import type { Ended } from './run-command.ts';

/** The rule for every bad input: one clear line on stderr with a next step, nothing on stdout, exit code 1 or 2, no stack. */
export function expectOneSentence(
  { exitCode, stdout, stderr }: Ended,
  exit: 1 | 2,
  ...says: readonly (string | RegExp)[]
) {
  expect({ exitCode, stdout }).toEqual({ exitCode: exit, stdout: '' });
  expect(stderr).toMatch(/^[^\n]+\.\n$/);
  expect(stderr).not.toMatch(/^\s+at |node:internal|Error:/m);
  for (const said of says) expect(stderr).toMatch(said);
}
