import {
  type AccountRecords,
  buildBookIndexes,
  buildSlice,
  CONTRACT_CARD,
  type DecisionRows,
  type FittedRetention,
  fitRetention,
  ORDERS_CARD,
  openDecisionCollection,
  type RetentionModel,
  readKnowledge,
  type Scorecard,
  type ScoredAccount,
  scoreSlice,
} from '@holdfast/core';
import { generateBook } from '@holdfast/sandbox';
import { HONEST_PROFILE } from '../honest/honest-profile.ts';
import { HONEST_AS_OF, HONEST_DAY, honestRows } from '../honest/honest-rows.ts';
import { recordsOfBook } from '../honest/records-of-book.ts';

export const CARDS: Readonly<Record<RetentionModel, Scorecard>> = { contract: CONTRACT_CARD, orders: ORDERS_CARD };

/** A generated book with both models fitted on its own outcomes, and every account scored by them. */
export interface ScoredBookOfRecords {
  readonly rows: Readonly<Record<RetentionModel, DecisionRows>>;
  readonly fits: Readonly<Record<RetentionModel, FittedRetention>>;
  readonly scored: readonly ScoredAccount[];
}

/** `honest`: contracts, with everything that is hard about a real book. `usual`: contracts and orders. */
export type BookKind = 'honest' | 'usual';

/** Makes a book and scores it; the truth beside it is not asked for. */
export function scoreGeneratedBook(kind: BookKind, seed: number, accounts: number): ScoredBookOfRecords {
  const { records, collected } = kind === 'honest' ? honestBook(seed, accounts) : usualBook(seed, accounts);
  const rows = { contract: collected.contract, orders: collected.orders };
  const fits = { contract: fitOf(rows.contract), orders: fitOf(rows.orders) };
  return { rows, fits, scored: scoreAll(records, fits) };
}

function honestBook(seed: number, accounts: number) {
  return honestRows(seed, { accounts, honest: { attainableFrom: '2027-01-01' } });
}

function usualBook(seed: number, accounts: number) {
  const records = [...recordsOfBook(generateBook({ accounts, seed, asOf: HONEST_AS_OF }).book)];
  const reading = readKnowledge();
  for (const it of records) reading.add(it);
  const asOf = Date.parse(HONEST_AS_OF) - 1;
  const collection = openDecisionCollection({ profile: HONEST_PROFILE, asOf, knowledge: reading.finish() });
  for (const it of records) collection.add(it);
  return { records, collected: collection.finish() };
}

function fitOf(rows: DecisionRows): FittedRetention {
  const fit = fitRetention(rows, CARDS[rows.model], { fittedOn: HONEST_DAY });
  if (!fit.fitted) throw new Error(fit.message);
  const { fitted: _, ...kept } = fit;
  return kept;
}

function scoreAll(records: readonly AccountRecords[], fits: ScoredBookOfRecords['fits']): readonly ScoredAccount[] {
  const asOf = Date.parse(HONEST_AS_OF) - 1;
  const indexes = buildBookIndexes(
    {
      accounts: records.map((it) => it.account),
      ...{ parents: [], links: [], contacts: records.flatMap((it) => it.contacts) },
      roles: records.flatMap((it) => it.roles),
      opportunities: records.flatMap((it) => it.opportunities),
      contracts: records.flatMap((it) => it.contracts),
      counts: { account: 1, owner: 1, contact: 1, contactRole: 1, opportunity: 1, contract: 1, order: 1, orderLine: 1 },
    },
    HONEST_PROFILE,
    asOf,
  );
  const holds = new Set([...indexes.holds, 'ticket', 'activity', 'surveyResponse', 'usage'] as const);
  const models = { contract: { loss: fits.contract, proved: true }, orders: { loss: fits.orders, proved: true } };
  return records.flatMap((it) => {
    const slice = buildSlice(it, HONEST_PROFILE, asOf);
    return scoreSlice(slice, HONEST_PROFILE, { ...indexes, holds }, { models, previous: null }) ?? [];
  });
}
