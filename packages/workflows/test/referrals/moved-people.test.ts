import { aContactRole, anAccount } from '@holdfast/testkit';
import { expect, it } from 'vitest';
import { type AnyRecord, aLink, aPair, aReferralBook, aSale, PLAIN } from './a-referral-book.ts';

const other: AnyRecord = ['account', anAccount({ id: 'account:9', name: 'cedar' })];
const works = (at: number): AnyRecord => [
  'contactRole',
  aContactRole({ id: 'role:1', accountId: `account:${at}`, contactId: 'contact:1', isPrimary: true }),
];

it('bug: whoever came back to an account went on speaking for the one between, which was given their rewards', async () => {
  const book = await aReferralBook();
  const account = () => book.engine.state.participants.get('friends contact:1')?.accountId;
  const on = async (n: number, ...records: readonly AnyRecord[]) => {
    await book.follow(n, ...records);
    return account();
  };
  expect(await on(41, ...PLAIN, other)).toBe('account:1');
  expect(await on(50, works(9))).toBe('account:9');
  expect(await on(60, works(1))).toBe('account:1');
  await on(121, ...aPair(3, 'larch', 'Ewa Lind'), aLink(1, 3, 70), aSale(3, {}, 90, 120));
  const given = [...book.engine.state.rewards.all()].map((it) => it.beneficiary.partyId);
  expect(given).toEqual(['account:1', 'account:1']);
  const before = (await book.journal()).length;
  await book.follow(121);
  expect((await book.journal()).length).toBe(before);
});
