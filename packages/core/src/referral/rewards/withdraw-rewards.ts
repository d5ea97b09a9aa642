import type { RewardBook, RewardChanges } from './reward-book.ts';
import { takeBackWhole } from './take-back.ts';

/**
 * Ends rewards whose claim or sale is gone: what is unpaid is cancelled, what was paid becomes a receivable, a benefit
 * that was applied goes to review. Those that have ended stay as they are; again, it changes nothing.
 */
export function withdrawRewards(
  book: RewardBook,
  keys: readonly string[],
  take: Parameters<typeof takeBackWhole>[2],
): RewardChanges {
  return book.change(() => {
    for (const key of keys) {
      const record = book.get(key);
      if (record) takeBackWhole(book, record, take);
    }
  });
}
