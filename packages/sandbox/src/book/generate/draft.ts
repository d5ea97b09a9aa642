import type { Book } from '../book.ts';
import { addMonths } from '../calendar.ts';
import { type Random, seededRandom } from '../random.ts';
import type { Truth } from '../truth.ts';

/** Months simulated after `asOf`: nothing of them is recorded, but the truth knows who leaves in them. */
const monthsAhead = 12;

type Growing<T> = { [K in keyof T]: T[K] extends readonly (infer Row)[] ? Row[] : never };

/** A row while it is filled in: optional columns are set only when they have a value. */
export type Making<Row> = { -readonly [K in keyof Row]: Row[K] };

/** The book while it is made. Instants are milliseconds. */
export interface Draft {
  /** Every account is a customer with contracts, as a book for honest tests needs it. */
  readonly honest?: boolean;
  readonly seed: number;
  readonly start: number;
  readonly asOf: number;
  /** Month borders from `start` to 12 months after `asOf`, which is one of them. */
  readonly borders: readonly number[];
  readonly book: Growing<Book>;
  readonly truth: Growing<Truth>;
  /** The next number of a series: `t-1`, `t-2`. */
  nextId(series: string): string;
  random(stream: string): Random;
}

/** Opens an empty book. */
export function startDraft(seed: number, asOf: number, months: number): Draft {
  const series = new Map<string, number>();
  return {
    seed,
    asOf,
    start: addMonths(asOf, -months),
    borders: Array.from({ length: months + monthsAhead + 1 }, (_, i) => addMonths(asOf, i - months)),
    book: emptyTables(),
    truth: { accounts: [], introductions: [], referrals: [] },
    nextId: (name) => {
      const number = (series.get(name) ?? 0) + 1;
      series.set(name, number);
      return `${name}-${number}`;
    },
    random: (stream) => seededRandom(seed, stream),
  };
}

/** A book without a row. */
export function emptyTables(): Draft['book'] {
  return {
    owners: [],
    accounts: [],
    contacts: [],
    opportunities: [],
    opportunityLines: [],
    contracts: [],
    orders: [],
    orderLines: [],
    tickets: [],
    activities: [],
    surveys: [],
    usage: [],
    referrals: [],
  };
}

/** The one currency of a generated book. */
export const currency = 'USD';

/** Whole cents. */
export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
