import type { Write } from '@holdfast/core';
import { afterEach, describe, expect, it } from 'vitest';
import { installByHand } from './installed-fields.ts';
import { openOrg, type SandboxOrg } from './sandbox-org.ts';

let open: SandboxOrg[] = [];
afterEach(() => {
  for (const one of open) one.close();
  open = [];
});

function org(taskStatuses?: Readonly<Record<string, boolean>>, installed = true): SandboxOrg {
  const made = openOrg(taskStatuses && { options: { taskStatuses } });
  if (installed) installByHand(made.crm);
  open.push(made);
  return made;
}

const note: Write<'note'> = {
  key: 'note-1',
  target: { externalKey: 'note-1' },
  set: { body: 'Introduced.', occurredOn: '2026-02-27' },
};
const calls = ({ events }: SandboxOrg) => events.filter(({ type }) => type === 'call').length;

describe('notes on timelines', () => {
  it('off, as they are by default: no call for them, no complaint, and why in the capabilities', async () => {
    const adapter = await org().connect();
    expect(adapter.capabilities.unavailable.note).toContain('switched off');
    expect(adapter.capabilities.write).not.toHaveProperty('note');
    expect((await adapter.check(null)).map(({ message }) => message).join()).not.toContain('note');
    const [named, same] = [org(), org()];
    const { capabilities } = await named.connect({ entities: ['account', 'note'] });
    await same.connect({ entities: ['account'] });
    expect(capabilities.read).not.toHaveProperty('note');
    expect(calls(named)).toBe(calls(same));
  });

  it('a note is a task that is done in the words of the org, on the sale and so on its account, and no touch', async () => {
    const sandbox = org({ Offen: false, Erledigt: true, Storniert: true });
    const { crm } = sandbox;
    const account = crm.create('Account', { Name: 'Newco' });
    const sale = crm.create('Opportunity', {
      ...{ Name: 'Sale', AccountId: account, StageName: 'Prospecting', CloseDate: '2026-06-30' },
    });
    const adapter = await sandbox.connect({ notes: true });
    const links = [
      { to: 'account' as const, id: `Account:${account}` },
      { to: 'opportunity' as const, id: `Opportunity:${sale}` },
    ];
    expect(await adapter.write('note', [{ ...note, links }])).toMatchObject([{ status: 'written' }]);
    const [id = ''] = crm.ids('Task');
    expect(crm.get('Task', id)?.fields).toMatchObject({
      ...{ Subject: 'Introduced.', ActivityDate: '2026-02-27', Status: 'Erledigt', IsClosed: true },
      ...{ WhatId: sale, AccountId: account, Holdfast_Key__c: 'note-1' },
    });
    const { records } = await adapter.read('activity', { kind: 'all', cursor: null });
    expect(records).toMatchObject([{ accountId: `Account:${account}`, byUs: true }]);
  });

  it('where the org tells no status of what is done, none is made, and why is told', async () => {
    const sandbox = org({ Offen: false });
    const adapter = await sandbox.connect({ notes: true });
    expect(adapter.capabilities.write.note?.create).toContain('tells no status');
    expect(await adapter.write('note', [note])).toMatchObject([{ status: 'failed', error: { code: 'permission' } }]);
    expect(sandbox.crm.ids('Task')).toEqual([]);
  });

  it('without our key on activities none is made, and how to get it is told', async () => {
    const { capabilities } = await org(undefined, false).connect({ notes: true });
    expect(capabilities.unavailable.note).toContain('holdfast install');
    expect(capabilities.write).not.toHaveProperty('note');
  });

  it('a key that does not tell a note from a task is refused on either side', async () => {
    const sandbox = org();
    const adapter = await sandbox.connect({ notes: true });
    const other = await adapter.write('note', [{ ...note, target: { externalKey: 'ask-1' } }]);
    const task = await adapter.write('task', [
      { key: 't', target: { externalKey: 'note-1' }, set: { subject: 'Call' } },
    ]);
    expect([...other, ...task]).toMatchObject([{ status: 'failed' }, { status: 'failed' }]);
    expect(sandbox.crm.ids('Task')).toEqual([]);
  });
});
