import { expect, it } from 'vitest';
import { commit } from '../../src/store/conformance-records.ts';
import { createMemoryStore } from '../simulation/memory-store.ts';
import { aReferralBook, claimOn, day, PLAIN } from './a-referral-book.ts';

it('merges of strangers leave the journal alone; of a known record they are followed to the one that is left', async () => {
  const gone: { id: string; at: null; mergedInto: string; notedAt: number }[] = [];
  const store = createMemoryStore();
  const book = await aReferralBook({
    store: { ...store, tombstones: async (entity) => (entity === 'account' ? gone : []) },
  });
  await book.follow(60, ...PLAIN);
  const merged = (id: string, mergedInto: string) => gone.push({ id, at: null, mergedInto, notedAt: day(61) });
  for (let n = 100; n < 200; n += 1) merged(`account:${n}`, `account:${n + 1000}`);
  // the later merge stands first: whoever account 2 became went into another
  merged('account:8', 'account:9');
  merged('account:2', 'account:8');
  await commit(book.store, 'account', { gone: [{ id: 'account:2', at: null, mergedInto: null }] });
  await book.follow(62);
  const merges = (await book.journal()).filter((it) => it.kind === 'merge');
  expect(merges.map((it) => it.key)).toEqual(['merge account:2>account:8', 'merge account:8>account:9']);
  expect(book.stateOf(claimOn(9))).toBe('won');
  const before = (await book.journal()).length;
  await book.follow(62);
  expect((await book.journal()).length).toBe(before);
});
