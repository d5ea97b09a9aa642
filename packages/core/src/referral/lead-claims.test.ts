import { describe, expect, it } from 'vitest';
import { aContact, aLead, anAccount, aRole, at, profile } from '../../test/records.ts';
import type { Lead } from '../model/types.ts';
import { readRows } from '../snapshot/row-reading.ts';
import { readClaims } from './read-claims.ts';
import { indexReferralBook } from './referral-book.ts';
import { readReferralRows } from './referral-rows.ts';

const asOf = at('2026-03-01');
const claimsOf = (...leads: readonly Lead[]) => {
  const rows = readRows(readReferralRows(profile), {
    ...{ account: [1, 2].map((n) => anAccount({ id: `account:${n}`, domain: `c${n}.example` })), lead: leads },
    contact: [1, 2].map((n) => aContact({ id: `contact:${n}` })),
    contactRole: [1, 2].map((n) => aRole(`contact:${n}`, `account:${n}`)),
  });
  return readClaims(indexReferralBook(rows, asOf), profile, asOf);
};
const introduced = { referredById: 'contact:1', createdAt: at('2026-01-05') };

describe('what leads claim', () => {
  it('a named referrer is a claim on the lead, a bare source value one of nobody', () => {
    const [source = ''] = profile.referralSources;
    expect(claimsOf(aLead(introduced), aLead({ id: 'lead:2', source }))).toMatchObject([
      {
        ...{ evidence: 'field', referrerId: 'contact:1', subject: 'lead:1', referredContactId: 'lead:1' },
        accountId: null,
      },
      { evidence: 'source', referrerId: null, subject: 'lead:2' },
    ]);
    expect(claimsOf(aLead({ ...introduced, source }))).toMatchObject([{ evidence: 'field', all: ['field', 'source'] }]);
  });

  it('a converted one is a claim on what it became, from the same day', () => {
    const became = { convertedContactId: 'contact:2', convertedAccountId: 'account:2' };
    expect(claimsOf(aLead({ ...introduced, ...became, convertedOpportunityId: 'opportunity:5' }))).toMatchObject([
      {
        ...{ referrerId: 'contact:1', subject: 'account:2', referredContactId: 'contact:2' },
        ...{ opportunityId: 'opportunity:5', claimedAt: at('2026-01-05') },
      },
    ]);
  });

  it('a lead whose mailbox tells an account is a claim on that; free mail tells none', () => {
    const mailed = (id: string, email: string) => aLead({ ...introduced, id, email });
    expect(claimsOf(mailed('lead:1', 'zoe@c2.example'), mailed('lead:2', 'zoe@gmail.com'))).toMatchObject([
      { subject: 'account:2', referredContactId: 'lead:1' },
      { subject: 'lead:2' },
    ]);
  });

  it('nothing where nobody says so, also where our state stands on it, and nothing from after the instant', () => {
    expect(claimsOf(aLead({ referralState: 'under_review', source: 'Fair' }))).toEqual([]);
    expect(claimsOf(aLead({ ...introduced, createdAt: at('2026-03-02') }))).toEqual([]);
  });
});
