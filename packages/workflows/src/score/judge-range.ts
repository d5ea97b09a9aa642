import type { AccountRecords, Id } from '@holdfast/core';
import type { ScoreSnapshot, SliceRange, Store } from '../store/store.ts';
import { type JudgedAccount, type JudgeSettings, judgeAccounts } from './judge-account.ts';

/** Snapshots read at once. */
const PAGE = 500;

/** Judges the accounts of a range in the order of their ids, each beside what the run before said of it. */
export async function* judgeRange(
  store: Pick<Store, 'slices' | 'snapshots'>,
  settings: JudgeSettings,
  range?: SliceRange,
  onRecords?: (records: AccountRecords) => void,
): AsyncGenerator<JudgedAccount> {
  const judge = judgeAccounts(settings);
  const before = earlierScores(store, settings);
  for await (const records of store.slices(range)) {
    onRecords?.(records);
    yield judge(records, await before(records.account.id));
  }
}

/** Answers what the run before said of accounts that are asked for in the order of their ids; a page is in memory. */
function earlierScores(store: Pick<Store, 'snapshots'>, { before }: JudgeSettings) {
  let page: ReadonlyMap<Id, ScoreSnapshot> = new Map();
  /** The page goes up to here; `null` when it is the last one, `undefined` before the first. */
  let upTo: Id | null | undefined;
  return async (id: Id): Promise<ScoreSnapshot | null> => {
    if (before === null) return null;
    if (upTo === undefined || (upTo !== null && id > upTo)) {
      const rows = await store.snapshots(before.at, { from: id, limit: PAGE });
      page = new Map(rows.map((row) => [row.accountId, row]));
      upTo = rows.length < PAGE ? null : (rows.at(-1)?.accountId ?? null);
    }
    return page.get(id) ?? null;
  };
}
