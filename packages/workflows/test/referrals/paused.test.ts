import { expect, it } from 'vitest';
import { followReferrals } from '../../src/referrals/follow-referrals.ts';
import { openReferrals } from '../../src/referrals/open-referrals.ts';
import { put } from '../../src/store/conformance-records.ts';
import { aLink, aPair, aProgram, aReferralBook, aSale, claimOn, day, PLAIN, profile } from './a-referral-book.ts';

it('bug: while its program was paused a sale that was lost again went unseen, and its reward was paid', async () => {
  const program = aProgram({ holdingDays: 60 });
  const book = await aReferralBook({ program });
  await book.follow(41, ...PLAIN);
  expect(book.rewards()).toEqual(['held accepted 10000']);
  const records = [...aPair(3, 'larch', 'Ewa Lind'), aLink(1, 3, 45), aSale(2, { stage: 'lost' })];
  for (const [entity, record] of records) await put(book.store, entity as 'account', record as never);
  const paused = await openReferrals(book.store, { programs: [{ ...program, state: 'paused' }] });
  await followReferrals(book.store, paused, { profile, asOf: day(50) });
  await followReferrals(book.store, paused, { profile, asOf: day(120) });
  expect([...paused.state.rewards.all()].map((it) => it.state)).toEqual(['canceled']);
  // a claim that came meanwhile waits until the program goes on
  expect([...paused.state.claims.keys()]).toEqual([claimOn(2)]);
  const again = await openReferrals(book.store, { programs: [program] });
  await followReferrals(book.store, again, { profile, asOf: day(121) });
  expect([...again.state.claims.keys()]).toEqual([claimOn(2), claimOn(3)]);
});
