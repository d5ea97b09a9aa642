import type { Touch } from '@holdfast/core';
import { expect, it } from 'vitest';
import { followReferrals } from '../../src/referrals/follow-referrals.ts';
import { openReferrals } from '../../src/referrals/open-referrals.ts';
import { aReferralBook, aSeller, claimOn, day, IDA, OTTO, profile } from './a-referral-book.ts';

const met = (happened: number, noted: number): Touch => ({
  ...{ key: `met ${happened} ${noted}`, participantId: 'contact:1', subjectId: 'account:2', evidence: 'activity' },
  ...{ occurredAt: day(happened), recordedAt: day(noted), sourceId: 'meeting:1' },
});

it('bug: a claim that was refused for its dates stayed refused when they were corrected', async () => {
  const book = await aReferralBook();
  await book.follow(1, ...IDA, ...OTTO, aSeller(1));
  const { state } = book.engine;
  const follow = (on: number, touch: Touch) =>
    followReferrals(book.store, book.engine, { profile, asOf: day(on), findTouches: async () => [touch] });
  const reasons = () => state.refused.map((it) => it.reason);
  await follow(20, met(12, 9));
  expect([book.stateOf(claimOn(2)), reasons()]).toEqual([undefined, ['clock_backwards']]);
  const refused = (await book.journal()).length;
  await follow(20, met(12, 9));
  expect((await book.journal()).length).toBe(refused);
  // still wrong, otherwise: one refusal, not two
  await follow(21, met(12, 10));
  expect([book.stateOf(claimOn(2)), reasons()]).toEqual([undefined, ['clock_backwards']]);
  await follow(22, met(12, 13));
  expect([book.stateOf(claimOn(2)), reasons()]).toEqual(['accepted', []]);
  expect(state.claims.get(claimOn(2))?.introducedAt).toBe(day(12));
  const before = (await book.journal()).length;
  await follow(22, met(12, 13));
  await follow(22, met(12, 14));
  expect((await book.journal()).length).toBe(before);
  const again = await openReferrals(book.store, { programs: state.options.programs });
  expect([...again.state.claims]).toEqual([...state.claims]);
  expect(again.state.refused).toEqual([]);
});
