import type { Write } from '@holdfast/core';
import { afterEach, describe, expect, test } from 'vitest';
import { post } from './installed-fields.ts';
import { type TestPortal, testPortal } from './sandbox-portal.ts';

let open: TestPortal[] = [];
afterEach(() => {
  for (const portal of open) portal.close();
  open = [];
});

function portalOf(): TestPortal {
  const portal = testPortal({ customFields: {} });
  open.push(portal);
  return portal;
}

const ON = { notes: true } as const;
const named = ({ changes }: { readonly changes: readonly { object: string; name: string }[] }) =>
  changes.filter(({ object }) => object === 'note').map(({ name }) => name);
const calls = ({ events }: TestPortal) => events.filter(({ type }) => type === 'call').length;

describe('notes on timelines', () => {
  test('off, as they are by default: nothing is asked, installed or complained of', async () => {
    const portal = portalOf();
    const crm = await portal.connect();
    expect(crm.capabilities.unavailable.note).toContain('switched off');
    expect(crm.capabilities.write).not.toHaveProperty('note');
    expect(named(await crm.schema!.plan('installed'))).toEqual([]);
    expect((await crm.check(null)).map(({ message }) => message).join()).not.toMatch(/\bnotes?\b/);
    const narrow = portalOf();
    await narrow.connect({ entities: ['task', 'note'] });
    const same = portalOf();
    await same.connect({ entities: ['task'] });
    expect(calls(narrow)).toBe(calls(same));
  });

  test('switched on: install makes the unique hidden key, and uninstall takes it away, also once they are off', async () => {
    const portal = portalOf();
    const before = await portal.connect(ON);
    expect(before.capabilities.write.note?.create).toContain('run "holdfast install"');
    expect((await before.check(null)).map(({ message }) => message)).toContain(
      'note lacks holdfast_key: run "holdfast install"; until then they are not written.',
    );
    const plan = await before.schema!.plan('installed');
    expect(named(plan)).toEqual(['holdfast', 'holdfast_key']);
    await before.schema!.apply(plan.changes);
    const key = portal.emulator.state.tables.get('0-46')?.properties.get('holdfast_key');
    expect(key).toMatchObject({ hasUniqueValue: true, hidden: true });
    expect((await portal.connect(ON)).capabilities.write.note).toMatchObject({
      ...{ fields: ['body', 'occurredOn'], create: true },
    });
    const off = await portal.connect();
    expect(named(await off.schema!.plan('removed'))).toEqual(['holdfast_key', 'holdfast']);
  });

  test('a portal whose key is not unique: no notes, and why', async () => {
    const portal = portalOf();
    post(portal.emulator, '/crm/properties/2026-03/notes', {
      ...{ name: 'holdfast_key', label: 'Key', type: 'string', fieldType: 'text', groupName: 'note' },
    });
    const crm = await portal.connect(ON);
    expect(crm.capabilities.write.note?.create).toContain('notes could be made twice');
    const write: Write<'note'> = { key: 'n', target: { externalKey: 'note-1' }, set: { body: 'Introduced.' } };
    expect(await crm.write('note', [write])).toMatchObject([{ status: 'failed' }]);
    expect(portal.emulator.ids('notes')).toEqual([]);
  });

  test('T39 signs are text and not HTML in the portal; what an editor puts around it changes nothing; no touch', async () => {
    const portal = portalOf();
    const first = await portal.connect(ON);
    await first.schema!.apply((await first.schema!.plan('installed')).changes);
    const crm = await portal.connect(ON);
    const body = 'A & B <i>met</i>\n"we" & 🛟';
    const set = { body, occurredOn: '2026-02-27' };
    await crm.write('note', [{ key: 'n', target: { externalKey: 'note-1' }, set }]);
    const [id = ''] = portal.emulator.ids('notes');
    const held = portal.emulator.get('notes', id)?.properties['hs_note_body'];
    expect(held).toBe('A &amp; B &lt;i&gt;met&lt;/i&gt;<br>&quot;we&quot; &amp; 🛟');
    portal.emulator.edit('notes', id, { hs_note_body: `<div style="" dir="auto"><p>${held}</p></div>` });
    expect((await crm.read('note', { kind: 'keys', keys: ['note-1'] })).records).toMatchObject([set]);
    const { records } = await crm.read('activity', { kind: 'ids', ids: [`note:${id}`] });
    expect(records).toMatchObject([{ kind: 'note', byUs: true }]);
  });
});
