import { expect, it } from 'vitest';
import { commit } from '../../src/store/conformance-records.ts';
import { createMemoryStore } from '../simulation/memory-store.ts';
import { aLink, aReferralBook, aSale, aSeller, claimOn, day, IDA, OTTO, PLAIN } from './a-referral-book.ts';

it('a sale that was lost after all and is won again: the claim is won, and the win that stands is rewarded once', async () => {
  const book = await aReferralBook();
  await book.follow(41, ...IDA, ...OTTO, aSeller(1), aLink(1, 2, 10), aSale(2));
  await book.follow(50, aSale(2, { stage: 'lost' }, 20, 49));
  expect([book.stateOf(claimOn(2)), book.rewards()]).toEqual(['reversed', ['canceled refunded 10000']]);
  await book.follow(60, aSale(2));
  await book.follow(61);
  expect(book.stateOf(claimOn(2))).toBe('won');
  expect([...book.rewards()].sort()).toEqual(['canceled refunded 10000', 'payable accepted 10000']);
  await book.follow(70, aSale(2, { stage: 'lost' }, 20, 69));
  expect(book.rewards()).toEqual(['canceled refunded 10000', 'canceled refunded 10000']);
  await book.follow(80, aSale(2));
  expect(book.rewards().filter((it) => it.startsWith('payable'))).toEqual(['payable accepted 10000']);
  const before = (await book.journal()).length;
  await book.follow(80);
  expect((await book.journal()).length).toBe(before);
});

it('a won sale that the CRM has deleted, without a merge: what is unpaid waits for a person, once', async () => {
  const gone: { id: string; at: null; mergedInto: null; notedAt: number }[] = [];
  const store = createMemoryStore();
  const book = await aReferralBook({
    store: { ...store, tombstones: async (entity) => (entity === 'opportunity' ? gone : []) },
  });
  await book.follow(60, ...PLAIN);
  expect(book.rewards()).toEqual(['payable accepted 10000']);
  gone.push({ id: 'opportunity:2', at: null, mergedInto: null, notedAt: day(70) });
  await commit(book.store, 'opportunity', { gone: [{ id: 'opportunity:2', at: null, mergedInto: null }] });
  await book.follow(70);
  await book.follow(71);
  expect([book.stateOf(claimOn(2)), book.rewards()]).toEqual(['won', ['review_required sale_deleted 10000']]);
  const deleted = (await book.journal()).filter((it) => it.kind === 'sale_deleted');
  expect(deleted.map((it) => it.key)).toEqual(['deleted opportunity:2']);
});
