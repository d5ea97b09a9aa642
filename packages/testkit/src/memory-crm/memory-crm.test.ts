import type { CrmAdapter, Instant } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import { createTestClock, TEST_START } from '../test-clock.ts';
import { createMemoryCrm } from './memory-crm.ts';

const changed = async (adapter: CrmAdapter, since: Instant, until: Instant) => {
  const page = await adapter.read('account', { kind: 'changed', since, until, cursor: null });
  return page.records.map(({ name, updatedAt }) => [name, updatedAt! - TEST_START]);
};
const LATER = TEST_START + 1e9;

describe('in-memory CRM', () => {
  test('T5 search index lag: until it has passed the index shows the record as it was, a read by id as it is', async () => {
    const clock = createTestClock();
    const crm = createMemoryCrm({ clock, indexLagMs: 5000 });
    const adapter = crm.connect();
    const id = crm.edits.create('account', { name: 'old' });
    expect(await changed(adapter, TEST_START, LATER)).toEqual([]);
    clock.advance(5000);
    expect(await changed(adapter, TEST_START, LATER)).toEqual([['old', 0]]);
    crm.edits.edit('account', id, { name: 'new' });
    clock.advance(4999);
    expect(await changed(adapter, TEST_START, LATER)).toEqual([['old', 0]]);
    const page = await adapter.read('account', { kind: 'ids', ids: [id] });
    expect(page.records[0]?.name).toBe('new');
    clock.advance(1);
    expect(await changed(adapter, TEST_START, LATER)).toEqual([['new', 5000]]);
  });

  test('a row committed late appears behind one with a later time, and an old version never covers a newer one', async () => {
    const clock = createTestClock();
    const lags = [1, 0, 1, 0];
    const crm = createMemoryCrm({ clock, indexLagMs: 1000, random: () => lags.shift()! });
    const adapter = crm.connect();
    const late = crm.edits.create('account', { name: 'late' });
    clock.advance(10);
    crm.edits.create('account', { name: 'prompt' });
    expect(await changed(adapter, TEST_START, LATER)).toEqual([['prompt', 10]]);
    crm.edits.edit('account', late, { name: 'late, edited, slow' });
    clock.advance(10);
    crm.edits.edit('account', late, { name: 'late, edited, prompt' });
    clock.advance(2000);
    expect(await changed(adapter, TEST_START, LATER)).toEqual([
      ['prompt', 10],
      ['late, edited, prompt', 20],
    ]);
  });

  test('a coarse clock makes ties', async () => {
    const clock = createTestClock();
    const crm = createMemoryCrm({ clock, clockResolutionMs: 1000 });
    for (const name of ['a', 'b', 'c']) {
      crm.edits.create('account', { name });
      clock.advance(400);
    }
    expect(await changed(crm.connect(), TEST_START, LATER)).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 0],
    ]);
  });

  test('T22 merge to a new record: both old ones are gone, children follow without a new time of change (T13)', async () => {
    const clock = createTestClock();
    const crm = createMemoryCrm({ clock, mergeInto: 'new-record' });
    const { edits } = crm;
    const [a, b] = [edits.create('account', { name: 'A' }), edits.create('account', { name: 'B' })];
    const contact = edits.create('contact', {});
    edits.link('contactRole', b, contact);
    edits.create('opportunity', { accountId: b });
    clock.advance(60_000);
    const survivor = edits.merge('account', a, b);
    expect(crm.records('account').map(({ id, name }) => [id, name])).toEqual([[survivor, 'A']]);
    expect(crm.records('contactRole').map((role) => role.accountId)).toEqual([survivor]);
    expect(crm.records('opportunity')[0]).toMatchObject({ accountId: survivor, updatedAt: TEST_START });
    const page = await crm.connect().read('account', { kind: 'ids', ids: [a, b] });
    expect(page.gone.map(({ mergedInto }) => mergedInto)).toEqual([survivor, survivor]);
  });

  test('a whole batch is refused for one bad write, and may be split', async () => {
    const crm = createMemoryCrm({ clock: createTestClock(), batchErrors: 'whole-batch' });
    const id = crm.edits.create('account', {});
    const write = (target: string) => ({ key: target, target: { id: target }, set: { healthScore: 5 } });
    const batch = [write(id), write('account:99')];
    await expect(crm.connect().write('account', batch)).rejects.toMatchObject({ code: 'invalid', splittable: true });
    expect(crm.records('account')[0]?.healthScore).toBeNull();
  });

  test('a lost answer is carried out, a 5xx is not, and a fault is used up by its calls', async () => {
    const crm = createMemoryCrm({ clock: createTestClock() });
    const id = crm.edits.create('account', {});
    const adapter = crm.connect();
    const write = (healthScore: number) =>
      adapter.write('account', [{ key: 'w', target: { id }, set: { healthScore } }]);
    crm.failNext('server-error', 2);
    await expect(write(1)).rejects.toMatchObject({ code: 'unavailable', outcomeUnknown: false });
    await expect(write(1)).rejects.toMatchObject({ code: 'unavailable' });
    expect(crm.records('account')[0]?.healthScore).toBeNull();
    crm.failNext('lost-answer');
    await expect(write(2)).rejects.toMatchObject({ code: 'unavailable', outcomeUnknown: true });
    expect(crm.records('account')[0]?.healthScore).toBe(2);
    expect(await write(3)).toMatchObject([{ status: 'written' }]);
  });

  test('edits of what is not there are mistakes of the test', () => {
    const { edits } = createMemoryCrm({ clock: createTestClock() });
    expect(() => edits.edit('account', 'account:1', {})).toThrow(TypeError);
    expect(() => edits.restore('account', 'account:1')).toThrow(TypeError);
    expect(() => edits.link('contactRole', 'account:1', 'contact:1')).toThrow(TypeError);
  });
});
