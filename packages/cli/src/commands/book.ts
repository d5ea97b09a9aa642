import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatInstant } from '@holdfast/core';
import type { RunCommand } from '../commands.ts';
import { UserError } from '../failure.ts';
import { count } from '../text/format.ts';
import { instantOrDay, wholeNumber } from './option-values.ts';

/** `holdfast book --out DIR`: a made-up book as CSV files, with what really happened beside it in truth.csv. */
export const book: RunCommand = async ({ options }) => {
  const folder = options['out'] === undefined ? '' : String(options['out']);
  if (!folder) throw new UserError('usage', 'Say where to write the book: `holdfast book --out DIR`.', 2);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UserError(
      'not-empty',
      `The folder ${folder} is not empty: choose a new one, so that no file of yours is replaced.`,
    );
  }
  const asOf = endOption(options['asOf']);
  const { generateBook, saveBook, saveTruth } = await import('@holdfast/sandbox');
  const seed = wholeNumber(options, 'seed', 0, 2 ** 31);
  const made = generateBook({ accounts: wholeNumber(options, 'accounts', 1, 100_000), seed, asOf });
  saveBook(made.book, folder);
  saveTruth(made.truth, folder);
  const rows = Object.fromEntries(
    Object.entries(made.book).map(([table, list]) => [table, (list as readonly unknown[]).length]),
  );
  const tables = Object.entries(rows).map(([table, n]) => `${table} ${count(n)}`);
  return {
    exitCode: 0,
    json: { folder: resolve(folder), seed, asOf, rows },
    text: `Wrote a made-up book to ${resolve(folder)}: ${tables.join(', ')}. Who leaves and who introduced whom stand in truth.csv and truth-referrals.csv. Serve it with \`holdfast sandbox hubspot --book ${folder}\`.`,
  };
};

/** Now where nothing is said; an instant is kept as it is written, a day ends in UTC. */
function endOption(option: unknown): string {
  if (option === undefined) return new Date().toISOString();
  const text = String(option);
  const at = instantOrDay(text, 'UTC');
  if (at !== null) return text.includes('T') ? text : formatInstant(at);
  throw new UserError(
    'usage',
    '--as-of must be a day such as 2026-01-31 or an instant such as 2026-01-31T00:00:00Z.',
    2,
  );
}
