import { type AccountRecords, type CollectedDecisions, openDecisionCollection, readKnowledge } from '@holdfast/core';
import { BOOK_PROFILE } from './book-profile.ts';

/** The decisions of a book as the product collects them from a store, as of the end of a day. */
export function collectBook(book: readonly AccountRecords[], on: string): CollectedDecisions {
  const reading = readKnowledge();
  for (const it of book) reading.add(it);
  const asOf = Date.parse(`${on}T23:59:59Z`);
  const collection = openDecisionCollection({ profile: BOOK_PROFILE, asOf, knowledge: reading.finish() });
  for (const it of book) collection.add(it);
  return collection.finish();
}
