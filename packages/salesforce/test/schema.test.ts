import { OWNED_FIELDS } from '@holdfast/core';
import { sandboxUser } from '@holdfast/sandbox';
import { XMLParser } from 'fast-xml-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { openOrg, type SandboxOrg } from './sandbox-org.ts';

const opened: SandboxOrg[] = [];
const org = (settings?: Parameters<typeof openOrg>[0]) => {
  const made = openOrg(settings);
  opened.push(made);
  return made;
};
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function install(sandbox: SandboxOrg) {
  const adapter = await sandbox.connect();
  const plan = await adapter.schema!.plan('installed');
  return { adapter, plan, results: await adapter.schema!.apply(plan.changes) };
}

describe('install', () => {
  it('makes 19 fields, the object for referrals and two permission sets, assigns one, and all is then writable', async () => {
    const sandbox = org();
    const { plan, results } = await install(sandbox);
    expect(plan.refusals).toEqual([]);
    expect(plan.changes.filter(({ action }) => action === 'create').map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'Holdfast_Health_Score__c',
        'Holdfast_Do_Not_Ask__c',
        'Holdfast_Referral_State__c',
        'Holdfast_Key__c',
        'Holdfast',
        'Holdfast_People',
      ]),
    );
    expect(plan.changes).toHaveLength(19 + 1 + 2 + 1);
    expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
    const { write, read, unavailable } = (await sandbox.connect()).capabilities;
    expect(write.account?.fields).toHaveLength(9);
    expect(write.contact?.fields).toEqual(['advocateStatus', 'lastAskedOn', 'referralsWon']);
    expect(write.opportunity?.fields).toEqual(['referralState', 'referralCredit']);
    expect(write.lead?.fields).toEqual(['referralState']);
    expect(write.task).toEqual({ batchSize: 200, fields: ['subject', 'body', 'dueOn', 'ownerId'], create: true });
    expect(unavailable.task).toBeUndefined();
    expect(Object.keys(read.account?.missing ?? {})).not.toContain('excluded');
  });

  it('checks before it deploys, and every call says that it is for the schema', async () => {
    const sandbox = org();
    await install(sandbox);
    const soap = sandbox.events.filter((event) => event.type === 'call' && event.route.includes('/Soap/m/'));
    expect(soap.length).toBeGreaterThan(3);
    expect(soap.every((event) => event.type === 'call' && event.purpose === 'schema')).toBe(true);
  });

  it('a re-run changes nothing', async () => {
    const sandbox = org();
    await install(sandbox);
    const again = await (await sandbox.connect()).schema!.plan('installed');
    expect(again).toEqual({ changes: [], refusals: [], uses: [] });
    const journal = sandbox.crm.journal.length;
    expect(await (await sandbox.connect()).schema!.apply(again.changes)).toEqual([]);
    expect(sandbox.crm.journal.length).toBe(journal);
  });

  it('waits for a deployment on the injected clock', async () => {
    const sandbox = org({ options: { deployPolls: 3 } });
    const before = sandbox.clock.now();
    const { results } = await install(sandbox);
    expect(results.every(({ status }) => status === 'done')).toBe(true);
    expect(sandbox.clock.now() - before).toBe(2 * 3 * 2000);
  });

  it('a field of another type is refused, and named', async () => {
    const sandbox = org();
    sandbox.crm.defineField('Account', 'Holdfast_Health_Score__c', 'string', { length: 80 });
    const plan = await (await sandbox.connect()).schema!.plan('installed');
    expect(plan.refusals).toEqual([
      {
        severity: 'error',
        code: 'field-type',
        message:
          'Account.Holdfast_Health_Score__c is of type string, and double is needed: rename or remove that field first.',
      },
    ]);
    expect(plan.changes.map(({ name }) => name)).not.toContain('Holdfast_Health_Score__c');
  });

  it('a permission set that an admin edited is refused with the difference', async () => {
    const sandbox = org();
    await install(sandbox);
    const set = sandbox.crm
      .ids('PermissionSet')
      .find((id) => sandbox.crm.get('PermissionSet', id)?.fields['Name'] === 'Holdfast')!;
    sandbox.crm.create('FieldPermissions', {
      ParentId: set,
      SobjectType: 'Account',
      Field: 'Account.Rating',
      PermissionsRead: true,
      PermissionsEdit: false,
    });
    const plan = await (await sandbox.connect()).schema!.plan('installed');
    expect(plan.changes).toEqual([]);
    expect(plan.refusals).toEqual([
      {
        severity: 'error',
        code: 'permission-set-edited',
        message: expect.stringContaining('Account.Rating: has read, ours is nothing'),
      },
    ]);
  });

  it('a permission set of ours that needs more is updated', async () => {
    const sandbox = org();
    await install(sandbox);
    sandbox.crm.defineField('Account', 'Renewal_Date__c', 'date');
    const adapter = await sandbox.connect({ fields: { account: { renewalOn: 'Renewal_Date__c' } } });
    const plan = await adapter.schema!.plan('installed');
    expect(plan).toMatchObject({ refusals: [], changes: [{ action: 'update', id: 'permissionSet:Holdfast' }] });
    expect((await adapter.schema!.apply(plan.changes)).map(({ status }) => status)).toEqual(['done']);
    expect((await adapter.schema!.plan('installed')).changes).toEqual([]);
  });

  it('with a token that SOAP does not take, everything goes by REST', async () => {
    const accessToken = 'aaaa.bbbb.cccc';
    const sandbox = org({ users: [{ ...sandboxUser, accessToken }] });
    const login = { loginUrl: undefined, clientId: undefined, clientSecret: undefined };
    const adapter = await sandbox.connect({ ...login, instanceUrl: 'http://salesforce.sandbox.invalid', accessToken });
    const plan = await adapter.schema!.plan('installed');
    const results = await adapter.schema!.apply(plan.changes);
    expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
    expect(sandbox.events.some((event) => event.type === 'call' && event.route.includes('/Soap/'))).toBe(false);
  });

  it('without the right to deploy, every change fails with the reason and nothing is made', async () => {
    const sandbox = org({ edition: 'professional' });
    const adapter = await sandbox.connect();
    await expect(adapter.schema!.plan('installed')).rejects.toMatchObject({ code: 'permission' });
    expect(sandbox.crm.journal).toEqual([]);
  });
});

describe('uninstall', () => {
  it('takes away what was installed, and only that', async () => {
    const sandbox = org();
    sandbox.crm.defineField('Account', 'Renewal_Date__c', 'date');
    await install(sandbox);
    const adapter = await sandbox.connect();
    const plan = await adapter.schema!.plan('removed');
    expect(plan.changes).toHaveLength(19 + 1 + 2);
    expect(plan.uses[0]).toBe('The permission set Holdfast is assigned to 1 user.');
    const results = await adapter.schema!.apply(plan.changes);
    expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
    const after = await sandbox.connect();
    expect(after.capabilities.write.account?.fields).toEqual([]);
    expect((await after.schema!.plan('removed')).changes).toEqual([]);
    sandbox.crm.create('Account', { Name: 'Ada', Renewal_Date__c: '2026-01-01' });
  });
});

describe('source format', () => {
  it('is one file for each field and permission set, and well-formed', async () => {
    const files = (await org().connect()).schema!.files!();
    const fields = Object.keys(files).filter((path) => path.endsWith('.field-meta.xml'));
    expect(fields).toHaveLength(OWNED_FIELDS.length + 17);
    expect(fields).toContain('force-app/main/default/objects/Activity/fields/Holdfast_Key__c.field-meta.xml');
    expect(JSON.parse(files['sfdx-project.json'] ?? '')).toMatchObject({ sourceApiVersion: '66.0' });
    const parser = new XMLParser();
    for (const [path, content] of Object.entries(files))
      if (path.endsWith('.xml')) expect(Object.keys(parser.parse(content))).toHaveLength(2);
    const key = parser.parse(
      files['force-app/main/default/objects/Activity/fields/Holdfast_Key__c.field-meta.xml'] ?? '',
    ).CustomField;
    expect(key).toMatchObject({
      type: 'Text',
      length: 64,
      unique: true,
      externalId: true,
      caseSensitive: true,
      label: 'Holdfast Key',
    });
    const view = parser.parse(
      files['force-app/main/default/objects/Account/fields/Holdfast_Manager_View__c.field-meta.xml'] ?? '',
    ).CustomField;
    expect(view).toMatchObject({
      type: 'Picklist',
      label: "Holdfast Manager's View",
      valueSet: { restricted: true },
    });
    expect(view.valueSet.valueSetDefinition.value.map(({ fullName }: { fullName: string }) => fullName)).toEqual([
      'good',
      'unsure',
      'bad',
    ]);
  });

  it('labels are at most 40 characters, help at most 255', async () => {
    const files = (await org().connect()).schema!.files!();
    const parser = new XMLParser();
    for (const [path, content] of Object.entries(files)) {
      if (!path.endsWith('.field-meta.xml')) continue;
      const { label, inlineHelpText } = parser.parse(content).CustomField;
      expect(String(label).length).toBeLessThanOrEqual(40);
      expect(String(inlineHelpText).length).toBeLessThanOrEqual(255);
      // the object's name carries the prefix, its fields do not
      if (!path.includes('/Holdfast_Referral__c/')) expect(label).toMatch(/^Holdfast/);
    }
  });
});
