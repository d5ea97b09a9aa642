import {
  type CollectedDecisions,
  type CollectOptions,
  dayInZone,
  type GoneFromBook,
  type Id,
  type Instant,
  openDecisionCollection,
  opportunityState,
  readKnowledge,
} from '@holdfast/core';
import type { Store } from '../store/store.ts';
import { fieldHistoryOf } from './field-history-of.ts';

export interface CollectDecisionsOptions extends Omit<CollectOptions, 'knowledge'> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (accounts: number) => void;
}

/** Another way to look at the same decisions: from further away, or with other days of grace. */
export type CollectVariant = Pick<CollectOptions, 'graceDays' | 'leadDays' | 'withPrevious'>;

/**
 * Every decision of a stored book with what was known at its cut-off, as rows for fit and backtest, and how far the
 * history reaches.
 */
export async function collectDecisions(store: Store, options: CollectDecisionsOptions): Promise<CollectedDecisions> {
  const [only] = await collectVariants(store, options, [{}]);
  return only as CollectedDecisions;
}

/**
 * The decisions of a stored book, seen in several ways at once, in the order of the variants. Goes over the book twice,
 * first to learn from when on its records may be believed, and once over what was bought, for accounts that are gone;
 * memory holds the rows, one number a record, and the accounts' ids. The history of fields is taken from the store where
 * none is given and some is stored.
 */
export async function collectVariants(
  store: Store,
  options: CollectDecisionsOptions,
  variants: readonly CollectVariant[],
): Promise<readonly CollectedDecisions[]> {
  const { signal, onProgress, ...rest } = options;
  const reading = readKnowledge();
  const accountIds = new Set<Id>();
  for await (const records of store.slices()) {
    signal?.throwIfAborted();
    accountIds.add(records.account.id);
    reading.add(records);
  }
  const tombstones = await store.tombstones('account');
  const mergedAt = new Map<Id, Instant>();
  for (const { at, mergedInto, notedAt } of tombstones) {
    if (mergedInto !== null) mergedAt.set(mergedInto, Math.max(mergedAt.get(mergedInto) ?? 0, at ?? notedAt));
  }
  const knowledge = reading.finish(mergedAt);
  const stored = options.history === undefined ? await fieldHistoryOf(store) : null;
  const seenBy = { ...rest, ...(stored && { history: stored.history }), knowledge };
  const collections = variants.map((variant) => openDecisionCollection({ ...seenBy, ...variant }));
  let read = 0;
  for await (const records of store.slices()) {
    signal?.throwIfAborted();
    await stored?.turnTo(records);
    for (const collection of collections) collection.add(records);
    read += 1;
    if (read % 500 === 0) onProgress?.(read);
  }
  const deletedAccounts = tombstones.filter((it) => it.mergedInto === null).length;
  const gone = { ...(await purchasesOf(store, accountIds, options)), deletedAccounts };
  return collections.map((collection) => collection.finish(gone));
}

/** What was bought, by whether the account that bought it is still in the book. */
async function purchasesOf(
  store: Store,
  accountIds: ReadonlySet<Id>,
  { profile, asOf, signal }: Pick<CollectDecisionsOptions, 'profile' | 'asOf' | 'signal'>,
): Promise<Omit<GoneFromBook, 'deletedAccounts'>> {
  const counts = { purchases: 0, dangling: 0, homeless: 0 };
  const count = (accountId: Id | null) => {
    if (accountId === null) counts.homeless += 1;
    else if (accountIds.has(accountId)) counts.purchases += 1;
    else counts.dangling += 1;
  };
  const today = dayInZone(asOf, profile.timeZone);
  const won = (it: Parameters<typeof opportunityState>[0]) => opportunityState(it, profile, today) === 'won';
  for await (const it of store.records('opportunity')) if (won(it)) count(it.accountId);
  for (const entity of ['order', 'contract'] as const) {
    signal?.throwIfAborted();
    for await (const it of store.records(entity)) count(it.accountId);
  }
  return counts;
}
