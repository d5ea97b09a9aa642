import { expect, it } from 'vitest';
import { followReferrals } from '../../src/referrals/follow-referrals.ts';
import { openReferrals } from '../../src/referrals/open-referrals.ts';
import { put } from '../../src/store/conformance-records.ts';
import { aLink, aPair, aProgram, aReferralBook, claimOn, day, PLAIN, profile } from './a-referral-book.ts';

it('bug: after new terms whatever the CRM said of people who referred before was refused for good', async () => {
  const book = await aReferralBook();
  await book.follow(41, ...PLAIN);
  for (const [entity, record] of [...aPair(3, 'larch', 'Ewa Lind'), aLink(1, 3, 70)])
    await put(book.store, entity as 'account', record as never);
  const edited = aProgram({ terms: { version: '2027', url: null, acceptedWithinDays: null } });
  const engine = await openReferrals(book.store, { programs: [edited] });
  await followReferrals(book.store, engine, { profile, asOf: day(71) });
  expect([2, 3].map((n) => engine.state.claims.get(claimOn(n))?.state)).toEqual(['won', 'accepted']);
});

it('a program of higher priority that is added later leaves open claims and won sales to the first', async () => {
  const book = await aReferralBook();
  await book.follow(41, ...PLAIN);
  const programs = [aProgram(), aProgram({ id: 'second', priority: 9 })];
  const engine = await openReferrals(book.store, { programs });
  await followReferrals(book.store, engine, { profile, asOf: day(71) });
  const second = claimOn(2).replace(/^[^/]+/, 'second');
  expect([claimOn(2), second].map((it) => engine.state.claims.get(it)?.credit)).toEqual(['sourced', 'none']);
  expect(new Set([...engine.state.rewards.all()].map((it) => it.programId))).toEqual(new Set([aProgram().id]));
});
