import { type Id, packFacts, type ScoredAccount } from '@holdfast/core';
import type { ScoreSnapshot, SnapshotRun, Store } from '../store/store.ts';

/** Accounts stored in one transaction. */
const BATCH = 1_000;

/** Keeps what a run says of its accounts, batch by batch; nothing counts before `complete`. */
export function keepSnapshots(store: Pick<Store, 'saveSnapshots' | 'completeSnapshots'>, run: SnapshotRun) {
  let rows: ScoreSnapshot[] = [];
  const save = async () => {
    await store.saveSnapshots(run, rows);
    rows = [];
  };
  return {
    add: async (accountId: Id, { facts, score }: ScoredAccount): Promise<void> => {
      const { model, modelVersion: version, evidence, logOdds } = score;
      const full = rows.push({ accountId, model, version, evidence, logOdds, facts: packFacts(facts) }) === BATCH;
      if (full) await save();
    },
    complete: async (): Promise<void> => {
      await save();
      await store.completeSnapshots(run.at);
    },
  };
}
