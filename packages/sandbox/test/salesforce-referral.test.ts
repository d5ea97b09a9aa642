import { describe, expect, it } from 'vitest';
import { testOrg } from './salesforce-request.ts';

const namesOf = (org: ReturnType<typeof testOrg>): readonly string[] =>
  org.call('GET', '/sobjects/Referral/describe').body.fields.map(({ name }: { readonly name: string }) => name);

describe('the standard object Referral', () => {
  it('is not there unless the org has bought a product with it', () => {
    const org = testOrg();
    expect(org.call('GET', '/sobjects/Referral/describe').status).toBe(404);
    expect(org.query('SELECT Id FROM Referral').body[0].errorCode).toBe('INVALID_TYPE');
  });

  it("has the product's own fields: Referral Marketing names a party and a sale, the public sector a client", () => {
    const marketing = namesOf(testOrg({ options: { referrals: 'marketing' } }));
    const publicSector = namesOf(testOrg({ options: { referrals: 'public-sector' } }));
    for (const name of ['ReferrerId', 'ReferralDate', 'ReferralType', 'UsageType', 'Status']) {
      expect(marketing).toContain(name);
      expect(publicSector).toContain(name);
    }
    const only = (of: readonly string[], other: readonly string[]) => of.filter((name) => !other.includes(name));
    expect(only(marketing, publicSector).sort()).toEqual(['OpportunityId', 'OrderId', 'ReferredPartyId']);
    expect(only(publicSector, marketing)).toEqual(expect.arrayContaining(['ClientId', 'ResultCategory', 'CaseId']));
  });

  it('takes a lead, an account or a contact as the party, is numbered, and refuses another type', () => {
    const { sf, call, rows } = testOrg({ options: { referrals: 'marketing' } });
    const ada = sf.create('Contact', { LastName: 'Ada' });
    const lead = sf.create('Lead', { LastName: 'Lea', Company: 'Leaco' });
    const made = call('POST', '/sobjects/Referral', {
      ReferrerId: ada,
      ReferredPartyId: lead,
      ReferralDate: '2026-10-30',
    });
    expect(made.status).toBe(201);
    expect(made.body.id).toMatch(/^0wi/);
    expect(rows('SELECT Name, ReferredPartyId, ReferralType FROM Referral')).toMatchObject([
      { Name: expect.stringMatching(/^\d{8}$/), ReferredPartyId: lead, ReferralType: 'INBOUND' },
    ]);
    const wrong = call('POST', '/sobjects/Referral', { ReferrerId: ada, ReferralType: 'SIDEWAYS' });
    expect(wrong.body[0].errorCode).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
  });
});
