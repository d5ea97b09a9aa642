import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { formatCell } from './csv-value.ts';
import type { Truth, TruthAccount, TruthIntroduction, TruthReferral } from './truth.ts';

/** The files of a truth. They may lie in a book's folder: `loadBook` passes over them, and no CRM is seeded from them. */
export const truthFiles: readonly string[] = ['truth.csv', 'truth-referrals.csv'];

type AccountColumn = keyof TruthAccount | Exclude<keyof TruthIntroduction, 'introducedAccountId'>;

/** Columns of `truth.csv`: one row for every account that was a customer or was introduced. */
export const truthColumns: { readonly [Column in AccountColumn]: string } = {
  accountId: 'The account.',
  model: '`contract` decides at the end of a term, `orders` in any month; empty when it never was a customer.',
  customerSinceOn: 'First day as a customer.',
  leftOn: 'The day it is lost; empty when it stays. Decisions are known to 12 months after the book’s end.',
  reason: 'Why.',
  decidedOn: 'The day of the decision to leave.',
  monthlyHazard:
    'Chance a month to turn away as it stands at the book’s end; empty once the decision to leave is made.',
  leaveProbability: 'Chance to be lost by a decision in the 12 months after, if nothing changes.',
  introducerContactId: 'Who really introduced it.',
  introducedAt: 'When.',
};

/** Columns of `truth-referrals.csv`: one row for every claim in `referrals.csv`. */
export const truthReferralColumns: { readonly [Column in keyof TruthReferral]: string } = {
  referralId: 'The claim.',
  verdict:
    '`true`, or what is wrong: `self`, `loop`, `late` (after the sale), `rival` (somebody else did), `decoy` (nobody did).',
};

/** Writes what the generator knows and no CRM shows, as `truth.csv` and `truth-referrals.csv`. */
export function saveTruth(truth: Truth, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'truth.csv'), rowsText(truthColumns, accountRows(truth)));
  writeFileSync(join(folder, 'truth-referrals.csv'), rowsText(truthReferralColumns, truth.referrals));
}

function accountRows({ accounts, introductions }: Truth): object[] {
  const introduced = new Map(introductions.map(({ introducedAccountId, ...rest }) => [introducedAccountId, rest]));
  const customers = new Set(accounts.map((one) => one.accountId));
  const others = introductions.filter((one) => !customers.has(one.introducedAccountId));
  return [
    ...accounts.map((one) => ({ ...one, ...introduced.get(one.accountId) })),
    ...others.map(({ introducedAccountId: accountId, ...rest }) => ({ accountId, ...rest })),
  ];
}

function rowsText(columns: object, rows: readonly object[]): string {
  const names = Object.keys(columns);
  return stringify([
    names,
    ...rows.map((row) => names.map((name) => formatCell((row as Record<string, unknown>)[name]))),
  ]);
}
