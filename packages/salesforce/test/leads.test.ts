import type { CrmAdapter, Lead } from '@holdfast/core';
import { afterEach, describe, expect, it } from 'vitest';
import { installByHand } from './installed-fields.ts';
import { openOrg, type SandboxOrg } from './sandbox-org.ts';

const opened: SandboxOrg[] = [];
function org(): SandboxOrg {
  const made = openOrg();
  installByHand(made.crm);
  made.crm.defineField('Lead', 'Introduced_By__c', 'reference', {
    ...{ length: 18, referenceTo: ['Contact'], relationshipName: 'Introduced_By__r', childRelationship: 'Introduced' },
  });
  opened.push(made);
  return made;
}
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

const fields = { lead: { referredById: 'Introduced_By__c' } };
const enter = ({ crm }: SandboxOrg, LastName: string, more: Record<string, string> = {}) =>
  crm.create('Lead', { LastName, Company: 'Example', LeadSource: 'Web', ...more });
const leads = async (adapter: CrmAdapter): Promise<readonly Lead[]> =>
  (await adapter.read('lead', { kind: 'all', cursor: null })).records;
const queries = ({ events }: SandboxOrg) =>
  events.filter((it) => it.type === 'call' && it.purpose === 'read' && it.route.includes('/query')).length;

describe('leads that are read', () => {
  it('only those that have to do with a referral: by source, by the lookup of the org, by our state', async () => {
    const sandbox = org();
    const ada = sandbox.crm.create('Contact', { LastName: 'Ada' });
    enter(sandbox, 'Nobody');
    const bySource = enter(sandbox, 'Source', { LeadSource: 'Partner Referral', Email: 'source@example.org' });
    const byLookup = enter(sandbox, 'Lookup', { Introduced_By__c: ada });
    const byState = enter(sandbox, 'State', { Holdfast_Referral_State__c: 'under_review' });
    const read = await leads(await sandbox.connect({ fields }));
    expect(read.map(({ id }) => id)).toEqual([bySource, byLookup, byState].map((it) => `Lead:${it}`));
    expect(read[0]).toMatchObject({ name: 'Source', email: 'source@example.org', source: 'Partner Referral' });
    expect(read[1]).toMatchObject({ referredById: `Contact:${ada}`, referralState: null, convertedContactId: null });
    expect(queries(sandbox)).toBe(1);
  });

  it('one that drops out of the source is seen as long as our state stands on it', async () => {
    const sandbox = org();
    const id = enter(sandbox, 'Source', { LeadSource: 'Partner Referral' });
    const adapter = await sandbox.connect();
    const write = { key: 'lead', target: { id: `Lead:${id}` }, set: { referralState: 'under_review' as const } };
    expect((await adapter.write('lead', [write]))[0]?.status).toBe('written');
    sandbox.crm.edit('Lead', id, { LeadSource: 'Web' });
    expect(await leads(adapter)).toMatchObject([{ source: 'Web', referralState: 'under_review' }]);
  });

  it('a pull with nothing new costs two calls: what changed, what was deleted', async () => {
    const sandbox = org();
    for (const name of ['Source', 'Other']) enter(sandbox, name, { LeadSource: 'Partner Referral' });
    const adapter = await sandbox.connect({ fields });
    const [since, until] = [sandbox.clock.now() + 60_000, sandbox.clock.now() + 120_000];
    expect(await adapter.read('lead', { kind: 'changed', since, until, cursor: null })).toMatchObject({ records: [] });
    expect(await adapter.read('lead', { kind: 'deleted', since, cursor: null })).toMatchObject({
      gone: [],
      next: null,
    });
    expect(queries(sandbox)).toBe(2);
  });

  it('what became of a converted one is on it', async () => {
    const sandbox = org();
    const id = enter(sandbox, 'Source', { LeadSource: 'Partner Referral' });
    const { accountId, contactId, opportunityId } = sandbox.crm.convertLead(id, { opportunity: 'First sale' });
    expect(await leads(await sandbox.connect())).toMatchObject([
      {
        ...{ convertedContactId: `Contact:${contactId}`, convertedAccountId: `Account:${accountId}` },
        convertedOpportunityId: `Opportunity:${opportunityId}`,
      },
    ]);
  });

  it('T14 where nothing tells which leads matter, none is read; where leads are hidden, nothing is wrong', async () => {
    const sandbox = org();
    enter(sandbox, 'Nobody');
    for (const field of ['LeadSource', 'Holdfast_Referral_State__c'])
      sandbox.crm.setFieldAccess('integration@example.com', `Lead.${field}`, 'none');
    const blind = await sandbox.connect();
    expect(blind.capabilities.unavailable.lead).toContain('which records matter');
    expect(blind.capabilities.write.lead).toBeUndefined();
    sandbox.crm.setObjectAccess('integration@example.com', 'Lead', 'none');
    const adapter = await sandbox.connect();
    expect(adapter.capabilities.unavailable.lead).toContain('This org has no Lead');
    expect(await adapter.check(null)).toEqual([]);
    const { changes } = await adapter.schema!.plan('installed');
    expect(changes.filter(({ object }) => object === 'Lead')).toEqual([]);
    expect(Object.keys(adapter.schema!.files!()).filter((path) => path.includes('/Lead/'))).toEqual([]);
  });
});

describe('leads that are written', () => {
  it('T41 an owner never changes because we wrote', async () => {
    const sandbox = org();
    const id = enter(sandbox, 'Source', { LeadSource: 'Partner Referral' });
    const other = sandbox.crm.create('User', {
      ...{ Username: 'other@example.com', LastName: 'Other', Email: 'other@example.com' },
    });
    sandbox.crm.rules.assignment.set('Lead', other);
    const owner = sandbox.crm.get('Lead', id)?.fields['OwnerId'];
    const adapter = await sandbox.connect();
    const write = { key: 'lead', target: { id: `Lead:${id}` }, set: { referralState: 'accepted' as const } };
    expect((await adapter.write('lead', [write]))[0]?.status).toBe('written');
    expect(sandbox.crm.get('Lead', id)?.fields).toMatchObject({
      ...{ OwnerId: owner, Holdfast_Referral_State__c: 'accepted' },
    });
  });

  it('a converted one is refused by Salesforce, and says so', async () => {
    const sandbox = org();
    const id = enter(sandbox, 'Source', { LeadSource: 'Partner Referral' });
    sandbox.crm.convertLead(id);
    const write = { key: 'lead', target: { id: `Lead:${id}` }, set: { referralState: 'accepted' as const } };
    const [result] = await (await sandbox.connect()).write('lead', [write]);
    expect(result?.status === 'failed' ? result.error.message : '').toContain('CANNOT_UPDATE_CONVERTED_LEAD');
  });

  it('a task about one hangs on the account alone: Salesforce takes no other record beside a lead', async () => {
    const sandbox = org();
    const lead = enter(sandbox, 'Source', { LeadSource: 'Partner Referral' });
    const account = sandbox.crm.create('Account', { Name: 'Ada' });
    const links = [
      { to: 'account', id: `Account:${account}` },
      { to: 'contact', id: `Lead:${lead}` },
    ] as const;
    const adapter = await sandbox.connect();
    const set = { subject: 'First contact' };
    const [result] = await adapter.write('task', [{ key: 'k', target: { externalKey: 'k' }, set, links }]);
    expect(result?.status).toBe('written');
    const [task = ''] = sandbox.crm.ids('Task');
    expect(sandbox.crm.get('Task', task)?.fields).toMatchObject({ WhatId: account, WhoId: null });
  });
});
