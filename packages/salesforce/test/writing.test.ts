import type { Write, WriteResult } from '@holdfast/core';
import { afterEach, describe, expect, it } from 'vitest';
import { installByHand } from './installed-fields.ts';
import { openOrg, type SandboxOrg } from './sandbox-org.ts';

const opened: SandboxOrg[] = [];
function org(settings?: Parameters<typeof openOrg>[0]): SandboxOrg {
  const made = openOrg(settings);
  installByHand(made.crm);
  opened.push(made);
  return made;
}
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

const score = (id: string, set: Write<'account'>['set'] = { healthScore: 40 }): Write<'account'> => ({
  key: id,
  target: { id: `Account:${id}` },
  set,
});
const shown = (results: readonly WriteResult[]) =>
  results.map((result) =>
    result.status === 'failed' ? `${result.error.code}: ${result.error.message}` : result.status,
  );

describe('accounts', () => {
  it('T41 an owner never changes because we wrote', async () => {
    const sandbox = org();
    const id = sandbox.crm.create('Account', { Name: 'Ada' });
    const other = sandbox.crm.create('User', {
      Username: 'other@example.com',
      LastName: 'Other',
      Email: 'other@example.com',
    });
    sandbox.crm.rules.assignment.set('Account', other);
    const owner = sandbox.crm.get('Account', id)?.fields['OwnerId'];
    expect(shown(await (await sandbox.connect()).write('account', [score(id)]))).toEqual(['written']);
    expect(sandbox.crm.get('Account', id)?.fields['OwnerId']).toBe(owner);
    expect(sandbox.crm.get('Account', id)?.fields['Holdfast_Health_Score__c']).toBe(40);
  });

  it("T9 T10 T11 T38 each record for itself, in order: a locked row, a duplicate, the admin's message, a deleted record", async () => {
    const sandbox = org();
    const ids = ['ok', 'locked', 'twin', 'ruled', 'flow', 'gone', 'last'].map((name) =>
      sandbox.crm.create('Account', { Name: name }),
    );
    const [, locked, twin, ruled, flow, gone] = ids as [string, string, string, string, string, string];
    sandbox.crm.lock(locked, 1);
    sandbox.crm.rules.duplicates.push({
      object: 'Account',
      name: 'Same step',
      fields: ['Holdfast_Next_Step__c'],
      allowSave: false,
    });
    sandbox.crm.edit('Account', ids[0]!, { Holdfast_Next_Step__c: 'Same' });
    sandbox.crm.rules.validation.push({
      object: 'Account',
      fails: (record) => record('Name') === 'ruled',
      message: 'Ask Finance before you touch this account.',
    });
    sandbox.crm.rules.validation.push({
      object: 'Account',
      fails: (record) => record('Name') === 'flow',
      message: 'The flow "Risk" failed',
      code: 'CANNOT_EXECUTE_FLOW_TRIGGER',
    });
    sandbox.crm.remove('Account', gone);
    const batch = ids.map((id) => score(id, id === twin ? { nextStep: 'Same' } : { healthScore: 1 }));
    const results = await (await sandbox.connect()).write('account', batch);
    expect(results.map(({ key }) => key)).toEqual(ids);
    expect(shown(results)).toEqual([
      'written',
      'conflict: Salesforce refused this record, UNABLE_TO_LOCK_ROW: the record is locked by another change: try again in a moment.',
      `conflict: Salesforce refused this record, DUPLICATES_DETECTED: a duplicate rule of the org refused it: merge the duplicates or relax the rule; it matches ${ids[0]}.`,
      'invalid: Salesforce refused this record, FIELD_CUSTOM_VALIDATION_EXCEPTION: "Ask Finance before you touch this account".',
      'invalid: Salesforce refused this record, CANNOT_EXECUTE_FLOW_TRIGGER: "The flow "Risk" failed".',
      expect.stringMatching(/^not-found: .*ENTITY_IS_DELETED/),
      'written',
    ]);
    expect(results[1]).toMatchObject({ error: { retryable: true } });
    expect([ruled, flow]).toHaveLength(2);
  });

  it('a read-only field is refused here, with the permission set to assign', async () => {
    const sandbox = org();
    const id = sandbox.crm.create('Account', { Name: 'Ada' });
    sandbox.crm.setFieldAccess('integration@example.com', 'Account.Holdfast_Next_Step__c', 'read');
    const results = await (await sandbox.connect()).write('account', [score(id, { nextStep: 'Call' })]);
    expect(shown(results)).toEqual([expect.stringMatching(/^permission: This user may not write account.nextStep/)]);
  });

  it('T37 a record that the user may read and not edit fails for itself', async () => {
    const sandbox = org();
    const id = sandbox.crm.create('Account', { Name: 'Ada' });
    const adapter = await sandbox.connect();
    sandbox.crm.setObjectAccess('integration@example.com', 'Account', 'read');
    const results = await adapter
      .write('account', [score(id)])
      .catch((error: unknown) => [{ key: id, status: 'failed', error }] as WriteResult[]);
    expect(results).toMatchObject([{ status: 'failed', error: { code: 'permission' } }]);
  });

  it("T16 an amount in another currency than the record's is refused, never written as if it were", async () => {
    const sandbox = org({
      multiCurrency: true,
      options: { currencyRates: { USD: 1, EUR: 0.9 }, corporateCurrency: 'USD' },
    });
    const [dollars, euros] = ['USD', 'EUR'].map((CurrencyIsoCode) =>
      sandbox.crm.create('Account', { Name: CurrencyIsoCode, CurrencyIsoCode }),
    ) as [string, string];
    const atRisk = { revenueAtRisk: { minor: 100_00, currency: 'EUR' } } as const;
    const adapter = await sandbox.connect();
    expect(adapter.capabilities.write.account?.amountsIn).toBe('record');
    expect((await org().connect()).capabilities.write.account).not.toHaveProperty('amountsIn');
    const results = await adapter.write('account', [score(dollars, atRisk), score(euros, atRisk)]);
    expect(shown(results)).toEqual([
      "invalid: An amount in EUR cannot be written to a record in USD: plan it in the record's currency.",
      'written',
    ]);
    expect(sandbox.crm.get('Account', euros)?.fields['Holdfast_Revenue_At_Risk__c']).toBe(100);
  });

  it('200 records go in one call', async () => {
    const sandbox = org();
    const ids = Array.from({ length: 200 }, (_, number) => sandbox.crm.create('Account', { Name: `A${number}` }));
    const adapter = await sandbox.connect();
    const results = await adapter.write(
      'account',
      ids.map((id) => score(id)),
    );
    expect(results.every(({ status }) => status === 'written')).toBe(true);
    expect(sandbox.events.filter((event) => event.type === 'call' && event.purpose === 'write')).toHaveLength(1);
  });
});

describe('tasks', () => {
  const write = (key: string, more: Partial<Write<'task'>> = {}): Write<'task'> => ({
    key,
    target: { externalKey: key },
    set: { subject: 'Call' },
    ...more,
  });

  it('T23 T24 a key with any character makes one task, however often it is sent', async () => {
    const sandbox = org();
    const account = sandbox.crm.create('Account', { Name: 'Ada' });
    const adapter = await sandbox.connect();
    const keys = ['a/b?c', "it's 100 %", '#1', 'ünï 🛟', 'KEY', 'key'];
    const batch = keys.map((key) => write(key, { links: [{ to: 'account', id: `Account:${account}` }] }));
    for (let time = 0; time < 2; time += 1)
      expect(shown(await adapter.write('task', batch))).toEqual(keys.map(() => 'written'));
    expect(sandbox.crm.ids('Task')).toHaveLength(keys.length);
    const read = await adapter.read('task', { kind: 'keys', keys });
    expect(read.records.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(read.records.every(({ accountId }) => accountId === `Account:${account}`)).toBe(true);
  });

  it("a person's task is not archived, ours is, in the recycle bin", async () => {
    const sandbox = org();
    const theirs = sandbox.crm.create('Task', { Subject: 'Theirs' });
    const adapter = await sandbox.connect();
    await adapter.write('task', [write('one')]);
    const results = await adapter.write('task', [
      { key: 'theirs', target: { id: `Task:${theirs}` }, set: {}, archive: true },
      write('one', { archive: true, set: {} }),
      write('never', { archive: true, set: {} }),
    ]);
    expect(results.map((result) => (result.status === 'failed' ? result.error.code : result.status))).toEqual([
      'not-found',
      'written',
      'not-found',
    ]);
    expect(sandbox.crm.ids('Task')).toEqual([theirs]);
  });

  it('our own tasks are no touches', async () => {
    const sandbox = org();
    const adapter = await sandbox.connect();
    await adapter.write('task', [write('one')]);
    sandbox.crm.create('Task', { Subject: 'Theirs', Status: 'Completed' });
    const { records } = await adapter.read('activity', { kind: 'all', cursor: null });
    expect(records.map(({ byUs }) => byUs)).toEqual([true, false]);
  });

  it('two links of one kind have no place on a task', async () => {
    const sandbox = org();
    const links = ['1', '2'].map(
      (Name) => ({ to: 'account', id: `Account:${sandbox.crm.create('Account', { Name })}` }) as const,
    );
    expect(shown(await (await sandbox.connect()).write('task', [write('one', { links })]))).toEqual([
      expect.stringMatching(/^invalid: A Salesforce task hangs on one record/),
    ]);
    expect(sandbox.crm.ids('Task')).toEqual([]);
  });
});
