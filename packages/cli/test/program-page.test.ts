import { readFileSync } from 'node:fs';
import { parseProgram } from '@holdfast/core/program';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../../docs/referrals/programs.md', import.meta.url), 'utf8');
const shown: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '');

test('the program that docs/referrals/programs.md gives to copy is one', () => {
  expect(parseProgram(shown)).not.toHaveProperty('refused');
});

test('every field of a program is explained there or seen in it', () => {
  const { rules, policy, ...program } = shown as { rules: object[]; policy: object };
  const names: readonly string[] = [program, policy, ...rules].flatMap((it) => Object.keys(it));
  expect(names.filter((it) => !PLAIN.includes(it) && !page.includes(`\`${it}\``))).toEqual([]);
});

/** Says itself what it is. */
const PLAIN = ['id', 'name', 'version', 'endsOn', 'currency', 'amount', 'event', 'beneficiary', 'expiresAfterDays'];
