import { DEFAULT_PROGRAM, type RewardRule } from '@holdfast/core';
import { expect, it } from 'vitest';
import { aProgram, aReferralBook, aSale, claimOn, PLAIN } from './a-referral-book.ts';

const rule: RewardRule = {
  ...{ id: 'stays', version: '1', event: 'retained', beneficiary: 'referrer', kind: 'credit', tiers: [], caps: [] },
  ...{ amount: { flat: 5_000 }, durationMonths: 0, priority: 1, startsOn: '2020-01-01', endsOn: null },
  expiresAfterDays: null,
};
const keeping = (id: string, priority: number, retainedDays: number) =>
  aProgram({ id, priority, rules: [rule], policy: { ...DEFAULT_PROGRAM.policy, retainedDays } });

it('bug: the program with the fewest days said for all of them that a customer had stayed, and was believed', async () => {
  const programs = [keeping('brief', 0, 30), keeping('friends', 1, 180)];
  const book = await aReferralBook({ programs });
  await book.follow(41, ...PLAIN);
  await book.follow(100);
  expect([book.rewards(), book.stateOf(claimOn(2))]).toEqual([[], 'won']);
  await book.follow(221);
  expect([book.rewards(), book.stateOf(claimOn(2))]).toEqual([['payable accepted 5000'], 'retained']);
  const before = (await book.journal()).length;
  await book.follow(221);
  expect((await book.journal()).length).toBe(before);
});

it('bug: a closing day that was corrected afterwards kept a customer from ever counting as one who stayed', async () => {
  const book = await aReferralBook({ program: keeping('friends', 1, 180) });
  await book.follow(41, ...PLAIN);
  await book.follow(60, aSale(2, {}, 20, 35));
  await book.follow(216);
  await book.follow(221);
  expect([book.rewards(), book.stateOf(claimOn(2))]).toEqual([['payable accepted 5000'], 'retained']);
});
