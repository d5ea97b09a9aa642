import { expect, it } from 'vitest';
import { createMemoryStore } from '../simulation/memory-store.ts';
import { aLink, aPair, aReferralBook, aSale, claimOn, day, IDA, OTTO } from './a-referral-book.ts';

it('bug: a merge was followed one pull late, and the account that was left was claimed a second time meanwhile', async () => {
  const merged: { id: string; at: null; mergedInto: string; notedAt: number }[] = [];
  const store = createMemoryStore();
  const book = await aReferralBook({
    store: { ...store, tombstones: async (entity) => (entity === 'account' ? merged : []) },
  });
  await book.follow(20, ...IDA, ...OTTO, aLink(1, 2, 10), aSale(2, { stage: 'open' }));
  expect(book.stateOf(claimOn(2))).toBe('opportunity');
  // noted while the pull of day 30 ran
  merged.push({ id: 'account:2', at: null, mergedInto: 'account:3', notedAt: day(30) + 29 });
  const [account] = aPair(3, 'birch', 'Otto Brandt');
  const moved = { accountId: 'account:3' };
  const [, contact, [role, held] = []] = OTTO;
  expect(contact?.[0]).toBe('contact');
  await book.follow(
    30,
    ...(account ? [account] : []),
    ...(role === 'contactRole' && held ? [[role, { ...held, ...moved }] as const] : []),
    aSale(2, { stage: 'open', ...moved }),
  );
  expect([...book.engine.state.claims.keys()]).toEqual([claimOn(3)]);
  expect(book.stateOf(claimOn(3))).toBe('opportunity');
});
