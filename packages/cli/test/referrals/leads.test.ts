import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SalesforceEmulator } from '@holdfast/sandbox';
import { afterEach, describe, expect, test } from 'vitest';
import { dayOf } from './a-case.ts';
import { openStage, type Stage } from './stage.ts';

interface Listed {
  readonly claims: readonly { readonly id: string; readonly state: string; readonly credit: string | null }[];
}

describe('a lead on Salesforce', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  /** An org with a lookup of its own from a lead to who introduced them, and a rule that would hand every lead on. */
  async function openLeads(): Promise<SalesforceEmulator> {
    stage = await openStage('salesforce', {});
    const org = stage.world.emulator as SalesforceEmulator;
    org.defineField('Lead', 'Introduced_By__c', 'reference', {
      ...{
        length: 18,
        referenceTo: ['Contact'],
        relationshipName: 'Introduced_By__r',
        childRelationship: 'Introduced',
      },
    });
    const other = { Username: 'other@vendor.example', LastName: 'Other', Email: 'other@vendor.example' };
    org.rules.assignment.set('Lead', org.create('User', other));
    const file = join(stage.folder, 'holdfast.config.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    config.options.fields.lead = { referredById: 'Introduced_By__c' };
    writeFileSync(file, JSON.stringify(config));
    return org;
  }
  const bare = (name: string) => stage.idOf(name).replace(/^\w+:/, '');
  const claims = async () => {
    const { json } = await stage.call('referrals', {}, 'list');
    return (json as Listed).claims.map((it) => `${stage.named(it.id)} ${it.state} ${it.credit}`);
  };
  const written = (org: SalesforceEmulator) => org.journal.filter(({ by }) => by === 'api').length;
  const record = (org: SalesforceEmulator) =>
    org.ids('Holdfast_Referral__c').map((id) => org.get('Holdfast_Referral__c', id)?.fields);

  test('introduced, converted by a person, won: one claim all the way, credited as sourced; the owner is never touched', async () => {
    const org = await openLeads();
    const lead = org.create('Lead', {
      ...{ FirstName: 'Nina', LastName: 'Newcomer', Company: 'Newco', Email: 'nina@newco.example' },
      Introduced_By__c: bare('ada'),
    });
    const owner = org.get('Lead', lead)?.fields['OwnerId'];
    await stage.writeBack();
    expect(await claims()).toEqual([`friends/ada>Lead:${lead} accepted null`]);
    expect(org.get('Lead', lead)?.fields).toMatchObject({ Holdfast_Referral_State__c: 'accepted', OwnerId: owner });
    expect(record(org)).toMatchObject([{ State__c: 'accepted', Lead__c: lead, Prospect__c: null }]);
    let before = written(org);
    await stage.writeBack();
    expect(written(org)).toBe(before);

    stage.goTo(20);
    const { accountId, contactId, opportunityId } = org.convertLead(lead, { opportunity: 'First sale' });
    org.edit('Account', accountId, { Type: 'Prospect' });
    org.edit('Opportunity', opportunityId ?? '', { Type: 'New Customer', Amount: 10_000 });
    before = org.get('Lead', lead)?.fields['SystemModstamp'] as never;
    stage.goTo(21);
    await stage.writeBack();
    expect(await claims()).toEqual([`friends/ada>Account:${accountId} opportunity null`]);
    expect(org.get('Opportunity', opportunityId ?? '')?.fields).toMatchObject({
      Holdfast_Referral_State__c: 'opportunity',
    });
    expect(record(org)).toMatchObject([
      {
        ...{ State__c: 'opportunity', Lead__c: lead, Prospect__c: contactId, Prospect_Account__c: accountId },
        Opportunity__c: opportunityId,
      },
    ]);
    expect(org.get('Lead', lead)?.fields).toMatchObject({
      ...{ Holdfast_Referral_State__c: 'accepted', SystemModstamp: before },
    });

    stage.goTo(40);
    org.edit('Opportunity', opportunityId ?? '', { StageName: 'Closed Won', CloseDate: dayOf(40) });
    stage.goTo(41);
    await stage.writeBack();
    expect(await claims()).toEqual([`friends/ada>Account:${accountId} won sourced`]);
    expect(org.get('Opportunity', opportunityId ?? '')?.fields).toMatchObject({
      ...{ Holdfast_Referral_State__c: 'won', Holdfast_Referral_Credit__c: 'sourced' },
    });
    before = written(org);
    await stage.writeBack();
    expect(written(org)).toBe(before);
  });

  test('a lead whose mailbox told the account is converted there: the record names the contact', async () => {
    const org = await openLeads();
    const accountId = org.create('Account', { Name: 'Newco', Website: 'https://newco.example', Type: 'Prospect' });
    const lead = org.create('Lead', {
      ...{ LastName: 'Newcomer', Company: 'Newco', Email: 'nina@newco.example', Introduced_By__c: bare('ada') },
    });
    await stage.writeBack();
    expect(await claims()).toEqual([`friends/ada>Account:${accountId} accepted null`]);
    await stage.writeBack();
    await claims();
    expect(record(org)).toMatchObject([{ Lead__c: lead, Prospect__c: null }]);
    stage.goTo(20);
    const { contactId } = org.convertLead(lead, { accountId });
    stage.goTo(21);
    await stage.writeBack();
    expect(await claims()).toEqual([`friends/ada>Account:${accountId} accepted null`]);
    expect(record(org)).toMatchObject([{ Lead__c: lead, Prospect__c: contactId, Prospect_Account__c: accountId }]);
    const before = written(org);
    await stage.writeBack();
    expect(written(org)).toBe(before);
  });

  test('converted elsewhere than the mailbox said: what was recorded is not gone; a person looks at the other account', async () => {
    const org = await openLeads();
    const newco = org.create('Account', { Name: 'Newco', Website: 'https://newco.example', Type: 'Prospect' });
    const lead = org.create('Lead', {
      ...{ LastName: 'Newcomer', Company: 'Newco', Email: 'nina@newco.example', Introduced_By__c: bare('ada') },
    });
    await stage.writeBack();
    await claims();
    stage.goTo(20);
    const { accountId } = org.convertLead(lead);
    org.edit('Account', accountId, { Type: 'Prospect' });
    stage.goTo(21);
    await stage.writeBack();
    expect((await claims()).sort()).toEqual(
      [`friends/ada>Account:${newco} accepted null`, `friends/ada>Account:${accountId} under_review null`].sort(),
    );
  });

  test('a source that names nobody waits for a person; a claim brought on the lead is on it; typed names are left out', async () => {
    const org = await openLeads();
    const lead = org.create('Lead', {
      ...{ FirstName: 'Nina', LastName: 'Newcomer', Company: 'Newco', Email: 'nina@newco.example' },
      LeadSource: 'Partner Referral',
    });
    await stage.writeBack();
    const { text } = await stage.call('referrals', {}, 'list');
    expect(text).toMatch(/somebody +-> +Lead:\w+ +under review +referrer unknown/);
    expect(org.get('Lead', lead)?.fields).toMatchObject({ Holdfast_Referral_State__c: null });
    const given = { advocate: 'ada', introduced: dayOf(0), consent: 'introduced_in_person' };
    await stage.referrals('submit', undefined, { ...given, party: `Lead:${lead}` });
    expect(await claims()).toEqual([`friends/ada>Lead:${lead} accepted null`]);
    const why = 'Nina Newcomer asked for it';
    await stage.referrals('withdraw', `friends/ada>Lead:${lead}`, { why });
    expect(stage.trace()).not.toContain('Newcomer');
    await stage.writeBack();
    expect(org.get('Lead', lead)?.fields).toMatchObject({ Holdfast_Referral_State__c: 'withdrawn' });
  });

  test('a forgotten lead is nowhere, stays out, and is refused in neutral words when somebody enters it again', async () => {
    const org = await openLeads();
    const nina = { FirstName: 'Nina', LastName: 'Newcomer', Company: 'Newco', Email: 'nina@newco.example' };
    org.create('Lead', { ...nina, Introduced_By__c: bare('ada') });
    await stage.writeBack();
    const { json } = await stage.call('forget', {}, 'Nina@newco.example');
    expect(json).toMatchObject({ payee: null });
    const again = org.create('Lead', { ...nina, Introduced_By__c: bare('bea') });
    await stage.call('pull', { full: true });
    expect(await claims()).toEqual([]);
    const refused = await stage.refused('submit', undefined, { advocate: 'bea', party: `Lead:${again}` });
    expect(refused).toMatchObject({ exitCode: 2, code: 'ineligible' });
    const told = await stage.referrals('explain', `friends/bea>Lead:${again}`, { forReferrer: true });
    expect(told).toMatchObject({ text: 'This introduction could not be taken up.' });
    await stage.writeBack();
    expect(stage.trace()).not.toMatch(/Newcomer|nina@/i);
    expect(org.get('Lead', again)?.fields).toMatchObject({ Holdfast_Referral_State__c: null });
  });

  test('two leads that a person merges are one claim; where leads are hidden, nothing fails', async () => {
    const org = await openLeads();
    const make = (LastName: string) =>
      org.create('Lead', {
        LastName,
        Company: 'Newco',
        Email: `${LastName}@newco.example`,
        Introduced_By__c: bare('ada'),
      });
    const [left, gone] = [make('Newcomer'), make('Newcomerin')];
    await stage.writeBack();
    expect(await claims()).toHaveLength(2);
    org.merge('Lead', left, gone);
    await stage.writeBack();
    expect(await claims()).toEqual([`friends/ada>Lead:${left} accepted null`]);
    org.setObjectAccess('integration@example.com', 'Lead', 'none');
    await stage.writeBack();
    expect((await stage.call('check')).exitCode).toBe(0);
    expect(await claims()).toEqual([`friends/ada>Lead:${left} accepted null`]);
  });

  test('a mail in which a customer introduces the lead proves the claim that its source leaves open', async () => {
    const org = await openLeads();
    const lead = org.create('Lead', {
      ...{ FirstName: 'Nina', LastName: 'Newcomer', Company: 'Newco', Email: 'nina@newco.example' },
      LeadSource: 'Partner Referral',
    });
    org.create('EmailMessage', {
      ...{ Subject: 'Introduction: Nina <> Seller', FromAddress: 'ada@adaco.example', FromName: 'Ada' },
      ...{ ToAddress: 'nina@newco.example; seller@vendor.example', Incoming: true, Status: '1' },
      MessageDate: new Date().toISOString(),
    });
    await stage.writeBack();
    expect(await claims()).toEqual([`friends/ada>Lead:${lead} accepted null`]);
    expect(org.get('Lead', lead)?.fields).toMatchObject({ Holdfast_Referral_State__c: 'accepted' });
  });

  test("a person's own edit is left alone as a conflict, and undo takes back what was written", async () => {
    const org = await openLeads();
    const make = (LastName: string) =>
      org.create('Lead', { LastName, Company: 'Newco', Introduced_By__c: bare('ada') });
    const [ours, theirs] = [make('Newcomer'), make('Latecomer')];
    const state = (id: string) => org.get('Lead', id)?.fields['Holdfast_Referral_State__c'];
    await stage.pull();
    await stage.call('plan');
    org.edit('Lead', theirs, { Holdfast_Referral_State__c: 'lost' });
    const { json } = await stage.call('apply');
    expect(json).toMatchObject({ counts: { conflict: 1 } });
    expect([state(ours), state(theirs)]).toEqual(['accepted', 'lost']);
    await stage.call('undo', {}, (json as { readonly runId: string }).runId);
    expect([state(ours), state(theirs)]).toEqual([null, 'lost']);
  });
});
