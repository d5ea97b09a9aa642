import { describe, expect, it } from 'vitest';
import { aContact, aLink, anAccount, anOpportunity, aRole, at, profile } from '../../test/records.ts';
import { DEFAULT_PROGRAM } from './engine/default-program.ts';
import { openReferralEngine } from './engine/open-engine.ts';
import { readBookEvents } from './engine/read-book-events.ts';
import type { ReferralRows } from './referral-book.ts';
import { trackedReferrals } from './tracked-referrals.ts';
import { unclaimedReferrals } from './unclaimed-referrals.ts';

const asOf = at('2026-06-01');
const book: ReferralRows = {
  accounts: [anAccount({ id: 'account:1' }), anAccount({ id: 'account:2' })],
  contacts: [aContact({ id: 'contact:ada' }), aContact({ id: 'contact:ned' })],
  roles: [aRole('contact:ada', 'account:1'), aRole('contact:ned', 'account:2')],
  opportunities: [
    anOpportunity({ id: 'opportunity:1', accountId: 'account:2', createdAt: at('2026-04-01'), closeOn: '2026-05-01' }),
  ],
  links: [],
};

function track(links: ReferralRows['links']) {
  const rows = { ...book, links };
  const engine = openReferralEngine({ programs: [DEFAULT_PROGRAM], rates: [] });
  engine.take(readBookEvents(rows, { profile, program: DEFAULT_PROGRAM, asOf }));
  return trackedReferrals(engine.state, unclaimedReferrals(rows, profile, asOf)).referrals.map((it) => {
    const { referrerId, referredContactId, accountId, evidence, claimedAt, reason } = it;
    return { referrerId, referredContactId, accountId, evidence, claimedAt, reason };
  });
}

describe('a link that names an account as the one that was referred', () => {
  const claim = { referrerId: 'contact:ada', accountId: 'account:2', evidence: 'recorded' };

  it('is a claim on that account, and names nobody of it', () => {
    const found = track([aLink('contact:ada', 'account:2', '2026-03-01')]);
    expect(found).toMatchObject([{ ...claim, referredContactId: null, claimedAt: at('2026-03-01') }]);
  });

  it('is one claim with a link to somebody of the account: from the earlier day, naming the person', () => {
    const found = track([
      aLink('contact:ada', 'contact:ned', '2026-03-10'),
      aLink('contact:ada', 'account:2', '2026-03-01'),
    ]);
    expect(found).toMatchObject([{ ...claim, referredContactId: 'contact:ned', claimedAt: at('2026-03-01') }]);
  });

  it('by a company: nobody whom a claim can name, so that a person has to', () => {
    const found = track([aLink('account:1', 'account:2', '2026-03-01')]);
    expect(found).toMatchObject([{ accountId: 'account:2', referrerId: 'account:1', reason: 'unknown_participant' }]);
  });
});
