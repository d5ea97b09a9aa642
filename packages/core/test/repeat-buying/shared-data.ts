import { existsSync, readFileSync } from 'node:fs';
import type { OccasionSummary, RepeatBuyingSummary } from '../../src/retention/repeat-buying/summary.ts';

const folder = new URL('../../../../../shared/data/retention/', import.meta.url);

export const absent = !existsSync(new URL('reference/btyd.json', folder));
export const SKIPPED = '(skipped where ../shared/data is absent)';

/** One reference row: a history and what R BTYD 2.4.3 says of it. */
export type ReferenceRow = Readonly<Record<string, number>>;

interface ReferenceModel {
  readonly params: Readonly<Record<string, number>>;
  readonly LL: number;
  readonly rows: readonly ReferenceRow[];
  readonly expectation: readonly { readonly t: number; readonly EX: number }[];
  readonly pmf_t39: readonly number[];
}

/** The outputs of R BTYD, told with the parameters they hold at. */
export function btyd(): Readonly<Record<'bgnbd' | 'pnbd' | 'bgbb' | 'gammagamma', ReferenceModel>> {
  return JSON.parse(readFileSync(new URL('reference/btyd.json', folder), 'utf8'));
}

function columns(file: string): Float64Array[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split(/\r?\n/).slice(1);
  const rows = lines.map((line) => line.split(',').map(Number));
  return rows[0]!.map((_, column) => Float64Array.from(rows, (row) => row[column]!));
}

/** 2,357 accounts in weeks. */
export function cdnow(): RepeatBuyingSummary<'weeks'> {
  const [, frequency, recency, age] = columns('cdnow_customers_summary.csv');
  return { base: 'weeks', frequency: frequency!, recency: recency!, age: age! };
}

/** The same accounts with their mean order value. */
export function cdnowSpend() {
  const [, frequency, , , meanValue] = columns('cdnow_customers_summary_with_transactions.csv');
  return { currency: 'USD', frequency: frequency!, meanValue: meanValue! };
}

/** 11,104 donors over six years. */
export function donations(): OccasionSummary<'years'> {
  const [frequency, recency, occasions, accounts] = columns('donations.csv');
  return { base: 'years', frequency: frequency!, recency: recency!, occasions: occasions!, accounts: accounts! };
}

/** Per cent still subscribing after 0 to 12 renewals. */
export function subscribers() {
  const [, regular, highEnd] = columns('sbg_fader_hardie_2007.csv');
  return { regular: Array.from(regular!), highEnd: Array.from(highEnd!) };
}
