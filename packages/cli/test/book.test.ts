import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBook } from '@holdfast/sandbox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectOneSentence } from './one-sentence.ts';
import { runCommand } from './run-command.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-book-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const made = (name: string) => join(folder, name);
const write = (name: string, seed: number) =>
  runCommand([
    'book',
    '--out',
    made(name),
    '--accounts',
    '40',
    '--seed',
    String(seed),
    '--as-of',
    '2026-11-01T00:00:00Z',
    '--json',
  ]);

test('the same seed writes the same files; the book loads again, and the truth names accounts of it', async () => {
  const [one, two] = [await write('one', 7), await write('two', 7)];
  expect([one.exitCode, two.exitCode]).toEqual([0, 0]);
  const files = readdirSync(made('one')).sort();
  expect(files).toEqual(expect.arrayContaining(['accounts.csv', 'truth.csv', 'truth-referrals.csv']));
  for (const file of files)
    expect(readFileSync(join(made('two'), file))).toEqual(readFileSync(join(made('one'), file)));
  const book = loadBook(made('one'));
  expect(book.accounts.length).toBe(40);
  expect(JSON.parse(one.stdout)).toMatchObject({ seed: 7, rows: { accounts: 40 } });
  const ids = new Set(book.accounts.map(({ id }) => id));
  const [, ...truth] = readFileSync(join(made('one'), 'truth.csv'), 'utf8')
    .trim()
    .split('\n');
  expect(truth.length).toBeGreaterThan(0);
  for (const line of truth) expect(ids.has(line.split(',')[0] ?? '')).toBe(true);
  await write('three', 8);
  expect(readFileSync(join(made('three'), 'accounts.csv'), 'utf8')).not.toBe(
    readFileSync(join(made('one'), 'accounts.csv'), 'utf8'),
  );
});

test('a folder with files in it is left alone', async () => {
  writeFileSync(join(folder, 'accounts.csv'), 'mine');
  expectOneSentence(await runCommand(['book', '--out', folder]), 1, 'is not empty');
  expect(readdirSync(folder)).toEqual(['accounts.csv']);
  expect(readFileSync(join(folder, 'accounts.csv'), 'utf8')).toBe('mine');
});

test('--as-of: a day means its end in UTC', async () => {
  const ended = await runCommand(['book', '--out', made('day'), '--accounts', '2', '--as-of', '2026-11-01', '--json']);
  expect(JSON.parse(ended.stdout)).toMatchObject({ asOf: '2026-11-01T23:59:59.999Z', rows: { accounts: 2 } });
  rmSync(made('day'), { recursive: true });
});

test('wrong usage: no folder, a day that does not exist', async () => {
  expectOneSentence(await runCommand(['book']), 2, '--out DIR');
  expectOneSentence(
    await runCommand(['book', '--out', made('x'), '--as-of', '2026-02-30']),
    2,
    '--as-of must be a day',
  );
  expect(readdirSync(folder)).toEqual([]);
});
