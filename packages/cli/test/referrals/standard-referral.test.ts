import type { SalesforceEmulator } from '@holdfast/sandbox';
import { afterEach, describe, expect, test } from 'vitest';
import { dayOf } from './a-case.ts';
import { openStage, type Stage } from './stage.ts';

interface Listed {
  readonly claims: readonly { readonly id: string; readonly evidence: string; readonly state: string }[];
  readonly unclaimed: readonly { readonly id: string; readonly state: string; readonly reason: string }[];
}

describe("Salesforce's own object Referral, with the real command", () => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const opened = async () => {
    const made = await openStage(
      'salesforce',
      { accounts: { newco: {}, other: {} }, people: { ned: { of: 'newco', since: 0 } } },
      { org: { referrals: 'marketing' } },
    );
    stage = made;
    const emulator = made.world.emulator as SalesforceEmulator;
    const native = (name: string) => made.idOf(name).split(':')[1] ?? '';
    const refer = (by: string, party: string, day: number, more: object = {}) =>
      emulator.create('Referral', {
        ...{ ReferrerId: native(by), ReferredPartyId: native(party), ReferralDate: dayOf(day) },
        ...{ UsageType: 'Referral Management', ...more },
      });
    const sell = (of: string, day: number) => {
      made.goTo(day);
      made.hands.openSale({ id: 'deal', of, opened: day });
      made.hands.closeSale('deal', 'won', day);
      made.goTo(day + 1);
    };
    return { ...made, emulator, native, refer, sell, list: () => made.referrals<Listed>('list') };
  };

  test('a record in the org: claim accepted as recorded, sale won, credited, written back; the record is left alone', async () => {
    const { emulator, goTo, refer, pull, list, sell, writeBack, look, named } = await opened();
    goTo(1);
    const record = refer('ada', 'newco', 1);
    const before = emulator.get('Referral', record);
    goTo(2);
    await pull();
    expect((await list()).claims).toMatchObject([
      { id: 'friends/ada>newco', evidence: 'recorded', state: 'accepted', claimedAt: `${dayOf(1)}T08:00:00.000Z` },
    ]);
    sell('newco', 20);
    await writeBack();
    expect(await look()).toMatchObject({
      claims: { 'friends/ada>newco': 'won sourced' },
      decided: { 'friends/ada>newco': 'sourced, 100 % best_evidence' },
      signals: {},
      rewards: ['adaco USD 100000 payable'],
      written: { deal: 'won sourced', ada: '1 active' },
      records: { 'friends/ada>newco': expect.stringMatching(/^won sourced: /) },
    });
    expect(emulator.get('Referral', record)).toEqual(before);
    expect(named(JSON.stringify(emulator.ids('Referral')))).toBe(JSON.stringify([record]));
  });

  test('beside the lookup on the contact: the two are one claim', async () => {
    const { goTo, hands, refer, pull, list } = await opened();
    goTo(1);
    refer('ada', 'newco', 1);
    hands.note('ned', 'ada');
    goTo(2);
    await pull();
    expect((await list()).claims.map(({ id }) => id)).toEqual(['friends/ada>newco']);
  });

  test.each([
    ['that nothing else ties to a referral', {}, true],
    ['whose source says referral, the record naming no sale', { LeadSource: 'Partner Referral' }, false],
  ])('a lead %s: credited as the account that it was converted to', async (_title, fields, namesSale) => {
    const { emulator, goTo, refer, pull, look, hands, native, writeBack } = await opened();
    goTo(1);
    const lead = emulator.create('Lead', { LastName: 'Lea', Company: 'Other', ...fields });
    const record = refer('ada', 'newco', 1, { ReferredPartyId: lead });
    goTo(2);
    await pull();
    goTo(5);
    emulator.convertLead(lead, { accountId: native('other') });
    hands.openSale({ id: 'deal', of: 'other', opened: 5 });
    if (namesSale) emulator.edit('Referral', record, { OpportunityId: native('deal') });
    goTo(6);
    await pull();
    hands.closeSale('deal', 'won', 6);
    goTo(7);
    await writeBack();
    const seen = await look();
    expect(seen).toMatchObject({
      claims: { 'friends/ada>other': 'won sourced' },
      rewards: ['adaco USD 100000 payable'],
      written: { deal: 'won sourced', ada: '1 active' },
    });
  });

  test('rejected there before it was read: no claim; by a company: a person has to say who', async () => {
    const { goTo, refer, pull, list, sell, writeBack, look } = await opened();
    goTo(1);
    refer('ada', 'newco', 1, { Status: 'Rejected' });
    refer('beaco', 'other', 1);
    goTo(2);
    await pull();
    expect(await list()).toMatchObject({
      claims: [],
      unclaimed: [{ id: 'beaco>other', state: 'under_review', reason: 'unknown_participant' }],
    });
    sell('newco', 20);
    await writeBack();
    expect(await look()).toMatchObject({ claims: {}, rewards: [], written: {} });
  });
});
