import { followConversion, type Write } from '@holdfast/core';
import { afterEach, describe, expect, it } from 'vitest';
import { openOrg, type SandboxOrg } from './sandbox-org.ts';

const OBJECT = 'Holdfast_Referral__c';
const opened: SandboxOrg[] = [];
const org = () => {
  const made = openOrg();
  opened.push(made);
  return made;
};
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function installed() {
  const sandbox = org();
  const first = await sandbox.connect();
  const { changes } = await first.schema!.plan('installed');
  const results = await first.schema!.apply(changes);
  expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
  return { sandbox, adapter: await sandbox.connect() };
}

function people({ crm }: SandboxOrg) {
  const account = crm.create('Account', { Name: 'Advocates Ltd' });
  const contact = crm.create('Contact', { LastName: 'Ada', AccountId: account });
  const lead = crm.create('Lead', { LastName: 'Grace', Company: 'Prospects Ltd', Status: 'Open - Not Contacted' });
  return { account, contact, lead };
}

const claim = (ids: ReturnType<typeof people>, more: Partial<Write<'referral'>> = {}): Write<'referral'> => ({
  key: 'one',
  target: { externalKey: 'program/ada/grace' },
  set: {
    state: 'accepted',
    claimedOn: '2026-05-01',
    protectedUntilOn: '2026-10-28',
    decisionReason: 'earliest_introduction',
    policyVersion: '3',
    rewardState: 'pending',
    rewardAmount: { minor: 25_000, currency: 'USD' },
    advocateId: `Contact:${ids.contact}`,
    advocateAccountId: `Account:${ids.account}`,
    prospectId: `Lead:${ids.lead}`,
  },
  ...more,
});

const statuses = (results: readonly { readonly status: string }[]) => results.map(({ status }) => status);

describe('referrals', () => {
  it('an org without the object says so, and takes none', async () => {
    const { capabilities } = await org().connect();
    expect(capabilities.unavailable.referral).toBe(
      'This org has no Holdfast_Referral__c, or it is hidden from this user: run `holdfast install`',
    );
    expect(capabilities.write.referral).toBeUndefined();
  });

  it('an older installation gets the fields that people fill in; we read them and never write them', async () => {
    const { sandbox } = await installed();
    const field = 'Advocate_Confirmed__c';
    sandbox.crm.removeField(OBJECT, field);
    sandbox.crm.setFieldAccess('integration@example.com', `${OBJECT}.${field}`, 'read');
    const old = await sandbox.connect();
    expect(old.capabilities.read.referral?.missing['advocateConfirmed']).toContain('holdfast install');
    const { changes } = await old.schema!.plan('installed');
    expect(changes.map(({ name }) => name)).toContain(field);
    expect(statuses(await old.schema!.apply(changes))).not.toContain('failed');
    const adapter = await sandbox.connect();
    expect(adapter.capabilities.write.referral?.fields).not.toContain('advocateConfirmed');
    await adapter.write('referral', [claim(people(sandbox))]);
    sandbox.crm.edit(OBJECT, sandbox.crm.ids(OBJECT)[0]!, { [field]: 'yes' });
    const { records } = await adapter.read('referral', { kind: 'keys', keys: ['program/ada/grace'] });
    expect(records).toMatchObject([{ advocateConfirmed: 'yes', prospectConfirmed: null }]);
  });

  it('one is made with its links and its number, once however often it is sent, and read by its key', async () => {
    const { sandbox, adapter } = await installed();
    const ids = people(sandbox);
    expect(statuses(await adapter.write('referral', [claim(ids)]))).toEqual(['written']);
    expect(statuses(await adapter.write('referral', [claim(ids)]))).toEqual(['written']);
    expect(sandbox.crm.ids(OBJECT)).toHaveLength(1);
    const { records } = await adapter.read('referral', { kind: 'keys', keys: ['program/ada/grace'] });
    expect(records).toEqual([
      expect.objectContaining({
        ...claim(ids).set,
        key: 'program/ada/grace',
        credit: null,
        accountId: null,
        opportunityId: null,
        convertedContactId: null,
      }),
    ]);
    const fields = sandbox.crm.get(OBJECT, sandbox.crm.ids(OBJECT)[0]!)?.fields;
    expect(fields).toMatchObject({ State__c: 'accepted', Reward_Amount__c: 250, Lead__c: ids.lead, Prospect__c: null });
  });

  it('it is changed by its id, and nothing else of it moves', async () => {
    const { sandbox, adapter } = await installed();
    const ids = people(sandbox);
    const [made] = await adapter.write('referral', [claim(ids)]);
    const id = made?.status === 'written' ? made.id : '';
    const change: Write<'referral'> = { key: 'two', target: { id }, set: { state: 'won', credit: 'sourced' } };
    expect(statuses(await adapter.write('referral', [change]))).toEqual(['written']);
    const { records } = await adapter.read('referral', { kind: 'ids', ids: [id] });
    expect(records).toMatchObject([{ id, state: 'won', credit: 'sourced', rewardState: 'pending' }]);
    const foreign = { key: 'three', target: { id: `Account:${ids.account}` }, set: { state: 'won' as const } };
    expect(await adapter.write('referral', [foreign])).toMatchObject([
      { status: 'failed', error: { code: 'invalid' } },
    ]);
  });

  it('a converted lead is told beside the link, in the next read of what went away too, and then followed', async () => {
    const { sandbox, adapter } = await installed();
    const ids = people(sandbox);
    await adapter.write('referral', [claim(ids)]);
    const since = sandbox.clock.now();
    const gone = () => adapter.read('referral', { kind: 'deleted', since, cursor: null });
    expect((await gone()).records).toEqual([]);
    const { contactId, accountId, opportunityId } = sandbox.crm.convertLead(ids.lead, { opportunity: 'First sale' });
    const [record] = (await gone()).records;
    expect(record).toMatchObject({ prospectId: `Lead:${ids.lead}`, convertedContactId: `Contact:${contactId}` });
    const set = followConversion(record!);
    expect(set).toEqual({
      prospectId: `Contact:${contactId}`,
      accountId: `Account:${accountId}`,
      opportunityId: `Opportunity:${opportunityId}`,
    });
    const follow: Write<'referral'> = { key: 'follow', target: { id: record!.id }, set };
    expect(statuses(await adapter.write('referral', [follow]))).toEqual(['written']);
    const [after] = (await adapter.read('referral', { kind: 'all', cursor: null })).records;
    expect(followConversion(after!)).toEqual({});
    expect((await gone()).records).toEqual([]);
  });

  it('merged contacts and accounts: Salesforce re-parents the links, and the losers are told with their survivor', async () => {
    const { sandbox, adapter } = await installed();
    const ids = people(sandbox);
    await adapter.write('referral', [claim(ids)]);
    const since = sandbox.clock.now();
    const survivor = sandbox.crm.create('Contact', { LastName: 'Ada B', AccountId: ids.account });
    const master = sandbox.crm.create('Account', { Name: 'Advocates Limited' });
    sandbox.crm.merge('Contact', survivor, ids.contact);
    sandbox.crm.merge('Account', master, ids.account);
    const [record] = (await adapter.read('referral', { kind: 'all', cursor: null })).records;
    expect(record).toMatchObject({ advocateId: `Contact:${survivor}`, advocateAccountId: `Account:${master}` });
    const losers = async (entity: 'contact' | 'account') =>
      (await adapter.read(entity, { kind: 'deleted', since, cursor: null })).gone;
    expect(await losers('contact')).toMatchObject([
      { id: `Contact:${ids.contact}`, mergedInto: `Contact:${survivor}` },
    ]);
    expect(await losers('account')).toMatchObject([{ id: `Account:${ids.account}`, mergedInto: `Account:${master}` }]);
  });

  it('ours is archived by its key; one that is nowhere is not', async () => {
    const { sandbox, adapter } = await installed();
    await adapter.write('referral', [claim(people(sandbox))]);
    const away = (key: string): Write<'referral'> => ({ key, target: { externalKey: key }, set: {}, archive: true });
    expect(statuses(await adapter.write('referral', [away('program/ada/grace'), away('none')]))).toEqual([
      'written',
      'failed',
    ]);
    expect(sandbox.crm.ids(OBJECT)).toEqual([]);
  });

  it('without access to leads, referrals are read without what became of them', async () => {
    const { sandbox } = await installed();
    sandbox.crm.removeObject('Lead');
    const { capabilities } = await sandbox.connect();
    expect(Object.keys(capabilities.read.referral?.missing ?? {})).toEqual([
      'convertedContactId',
      'convertedAccountId',
      'convertedOpportunityId',
    ]);
  });

  it('uninstall takes the object and its records away', async () => {
    const { sandbox, adapter } = await installed();
    await adapter.write('referral', [claim(people(sandbox))]);
    const { changes } = await adapter.schema!.plan('removed');
    expect(changes).toContainEqual(expect.objectContaining({ action: 'remove', name: OBJECT }));
    expect(statuses(await adapter.schema!.apply(changes)).filter((status) => status !== 'done')).toEqual([]);
    expect(() => sandbox.crm.ids(OBJECT)).toThrow('no object');
    expect((await (await sandbox.connect()).schema!.plan('removed')).changes).toEqual([]);
  });
});
