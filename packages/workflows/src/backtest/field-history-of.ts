import {
  type AccountRecords,
  type FieldHistory,
  type HistoryReach,
  NO_HISTORY,
  readFieldHistory,
  readHistoryReach,
} from '@holdfast/core';
import type { Store } from '../store/store.ts';

/** The stored history of fields, account by account. */
export interface StoredFieldHistory {
  /** Speaks of the records of the account that was last turned to, and of no others. */
  readonly history: FieldHistory;
  /** How far each field reaches back. */
  readonly reach: HistoryReach;
  readonly turnTo: (records: AccountRecords) => Promise<void>;
}

/**
 * The history of fields that a store holds, or `null` where none was ever read whole. Goes over the rows once to learn how
 * far they reach; memory then holds the rows of one account's records at a time, one query an account. What the CRM was
 * not yet asked for (after the start of the last read of history) is unknown.
 */
export async function fieldHistoryOf(store: Store): Promise<StoredFieldHistory | null> {
  const { watermark } = await store.checkpoint('fieldChange');
  if (watermark === null) return null;
  const reading = readHistoryReach();
  for await (const row of store.records('fieldChange')) reading.add(row);
  const reach = reading.finish();
  if (reach.size === 0) return null;
  const { fields, since } = readFieldHistory([], reach, watermark);
  let current = NO_HISTORY;
  return {
    history: {
      ...(fields && { fields }),
      ...(since && { since }),
      valueAt: (recordId, field, asOf, today) => current.valueAt(recordId, field, asOf, today),
    },
    reach,
    turnTo: async (records) => {
      current = readFieldHistory(await store.fieldChanges(idsOf(records)), reach, watermark);
    },
  };
}

function idsOf({ account, opportunities, contracts, orders, orderLines, tickets }: AccountRecords): readonly string[] {
  return [account, ...opportunities, ...contracts, ...orders, ...orderLines, ...tickets].map(({ id }) => id);
}
