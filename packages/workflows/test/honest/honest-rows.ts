import {
  type AccountRecords,
  type CollectedDecisions,
  type DecisionRows,
  dayFromNumber,
  type FieldHistory,
  type GoneFromBook,
  openDecisionCollection,
  readKnowledge,
  type Scorecard,
} from '@holdfast/core';
import { type Book, generateHonestBook, type HonestBook, type HonestOptions } from '@holdfast/sandbox';
import { historyOfLog } from './history-of-log.ts';
import { HONEST_PROFILE } from './honest-profile.ts';
import { recordsOfBook } from './records-of-book.ts';

/** The end of the first day of a month: cut-offs of the book and of the rows then are the same instants. */
export const HONEST_AS_OF = '2026-07-02T00:00:00Z';
/** The same as a day on which everything is known. */
export const HONEST_DAY = '2026-07-01';

export interface HonestRowsOptions {
  readonly accounts?: number;
  readonly honest?: HonestOptions;
  /** Whether the CRM keeps the history of its fields; it does when left out. */
  readonly history?: boolean;
  readonly contractCard?: Scorecard;
}

/** A generated book as training rows, with the truth of each row beside it. */
export interface HonestRows {
  readonly made: HonestBook;
  readonly records: readonly AccountRecords[];
  readonly collected: CollectedDecisions;
  /** The contract rows. */
  readonly rows: DecisionRows;
  /** For each of them the chance that anybody could have known; `NaN` where the generator gave none. */
  readonly attainable: Float64Array;
}

/** Generates a book and reads it as the product reads a store: knowledge, outcomes, strict rebuilds, swings. */
export function honestRows(seed: number, options: HonestRowsOptions = {}): HonestRows {
  const made = generateHonestBook({
    ...{ accounts: options.accounts ?? 2000, seed, asOf: HONEST_AS_OF },
    honest: { attainableFrom: '2025-12-01', paths: 512, ...options.honest },
  });
  const records = [...recordsOfBook(made.book)];
  const collected = collectRows(made, records, options);
  const rows = collected.contract;
  return { made, records, collected, rows, attainable: attainableOf(made, rows) };
}

/** Reads a book's records into rows, with the history of fields or without. */
export function collectRows(
  made: HonestBook,
  records: readonly AccountRecords[],
  { history = true, contractCard }: HonestRowsOptions,
): CollectedDecisions {
  const reading = readKnowledge();
  for (const it of records) reading.add(it);
  const past: FieldHistory | undefined = history ? historyOfLog(made.book, made.log) : undefined;
  const treated = new Set(
    made.truth.decisions.filter((it) => it.treated).map((it) => `account:${it.accountId} ${it.decidesOn}`),
  );
  const collection = openDecisionCollection({
    ...{ profile: HONEST_PROFILE, asOf: Date.parse(HONEST_AS_OF) - 1, knowledge: reading.finish(mergesOf(made)) },
    ...(past && { history: past }),
    ...(contractCard && { contractCard }),
    treated: (accountId, _from, to) => treated.has(`${accountId} ${to}`),
  });
  for (const it of records) collection.add(it);
  return collection.finish(goneFrom(made.book));
}

/** Purchases with and without an account: what a store tells of accounts that are gone. */
function goneFrom({ opportunities, orders, contracts }: Book): GoneFromBook {
  const bought = [...opportunities.filter((it) => it.stage === 'won'), ...orders, ...contracts];
  const homeless = bought.filter((it) => it.accountId === undefined).length;
  return { purchases: bought.length - homeless, dangling: 0, homeless, deletedAccounts: 0 };
}

/** When another account was last merged into each. */
export function mergesOf({ merges }: HonestBook): ReadonlyMap<string, number> {
  return new Map(merges.map((it) => [`account:${it.intoId}`, Date.parse(it.at)]));
}

function attainableOf({ truth }: HonestBook, rows: DecisionRows): Float64Array {
  const chances = new Map(truth.decisions.map((it) => [`account:${it.accountId} ${it.decidesOn}`, it.attainable]));
  return Float64Array.from({ length: rows.count }, (_, i) => {
    const account = rows.accountIds[rows.account[i]!]!;
    return chances.get(`${account} ${dayFromNumber(rows.decidesDay[i]!)}`) ?? Number.NaN;
  });
}
