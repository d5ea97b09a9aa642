import { expect, it } from 'vitest';
import { aLink, aPair, aReferralBook, aSale, aSeller, claimOn, IDA, OTTO, PLAIN } from './a-referral-book.ts';

it('bug: a sale that was won before its amount was entered gave nothing, ever', async () => {
  const book = await aReferralBook();
  await book.follow(41, ...IDA, ...OTTO, aSeller(1), aLink(1, 2, 10), aSale(2, { amount: null }));
  expect(book.rewards()).toEqual([]);
  await book.follow(45, aSale(2));
  expect([book.rewards(), book.stateOf(claimOn(2))]).toEqual([['payable accepted 10000'], 'won']);
  const before = (await book.journal()).length;
  await book.follow(45);
  expect((await book.journal()).length).toBe(before);
});

it('bug: a won sale that was hung on another account was lost sight of, and its reward stayed when it was lost', async () => {
  const book = await aReferralBook();
  await book.follow(41, ...PLAIN);
  await book.follow(45, ...aPair(7, 'larch', 'Ewa Lind'), aSale(2, { accountId: 'account:7' }));
  expect([book.rewards(), book.stateOf(claimOn(2))]).toEqual([['payable accepted 10000'], 'won']);
  await book.follow(55, aSale(2, { accountId: 'account:7', stage: 'lost' }));
  expect([book.rewards(), book.stateOf(claimOn(2))]).toEqual([['canceled refunded 10000'], 'reversed']);
});
