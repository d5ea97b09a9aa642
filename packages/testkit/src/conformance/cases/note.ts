import type { CrmAdapter, Id, Note, Write } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import type { CaseDefinition } from '../case.ts';
import { expect, expectSame } from '../expect.ts';
import type { ConformanceWorld } from '../harness.ts';
import { enterMany, readCapability, settle } from '../reading.ts';
import { writeOne } from '../writing.ts';

const KEY = 'note-renewal 2026/é%';
const SET = { body: 'One <b>&amp; two</b>, "three" & 🛟 é', occurredOn: '2026-02-27' } as const;
const TASK = {
  key: 'task',
  target: { externalKey: 'holdfast:task' },
  set: { subject: 'Prepare', dueOn: '2026-02-27' },
};

/** Notes on timelines are made once on our key, as tasks are, and are never taken for tasks. */
export const NOTE_CASES: readonly CaseDefinition[] = [
  {
    id: 'note/create',
    per: 'suite',
    needs: ['write:note'],
    run: async ({ world }) => {
      const { adapter, account, sale } = await start(world);
      const write = {
        ...note(account),
        links: [...(note(account).links ?? []), { to: 'opportunity', id: sale }],
      } as const;
      const result = await writeOne(adapter, 'note', write);
      expectSame(result.status, 'written', 'Creating a note');
      const found = await onlyNote(adapter, world);
      const { id, key, body, occurredOn, accountId, opportunityId } = found;
      expectSame({ body, occurredOn }, SET, 'The note');
      expectSame(
        { key, accountId, opportunityId },
        { key: KEY, accountId: account, opportunityId: sale },
        'Key and links',
      );
      expectSame(result.status === 'written' && result.id, id, 'The id in the result');
      expect(entitySchemas.note.strict().safeParse(found).success, 'The note does not fit its schema.');
    },
  },
  {
    id: 'note/again',
    per: 'suite',
    needs: ['write:note'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      const first = await writeOne(adapter, 'note', note(account));
      const again = await writeOne(await world.connect(), 'note', note(account));
      expectSame([first.status, again.status], ['written', 'written'], 'A note, and the same note again');
      const { accountId, opportunityId } = await onlyNote(adapter, world);
      expectSame({ accountId, opportunityId }, { accountId: account, opportunityId: null }, 'Its links');
    },
  },
  {
    id: 'note/no-task',
    per: 'suite',
    needs: ['write:note', 'create-task'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      await writeOne(adapter, 'note', note(account));
      await writeOne(adapter, 'task', TASK);
      for (const entity of ['task', 'note'] as const) {
        await settle(world, readCapability(adapter, entity));
        const { records } = await adapter.read(entity, { kind: 'all', cursor: null });
        expectSame(
          (records as readonly { readonly key: string | null }[]).map(({ key }) => key),
          [entity === 'note' ? KEY : TASK.target.externalKey],
          `Keys in a full read of ${entity}`,
        );
      }
      const page = await adapter.read('task', { kind: 'keys', keys: [KEY] });
      expectSame(page.records, [], 'The note, read as a task');
      const away = { key: 'away', target: { externalKey: KEY }, set: {}, archive: true } as const;
      expect((await writeOne(adapter, 'task', away)).status !== 'written', 'A note was archived as a task.');
      expectSame((await adapter.read('note', { kind: 'keys', keys: [KEY] })).records.length, 1, 'Notes after that');
    },
  },
  {
    id: 'note/archive',
    per: 'suite',
    needs: ['write:note'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      await writeOne(adapter, 'note', note(account));
      const away = { key: 'away', target: { externalKey: KEY }, set: {}, archive: true } as const;
      expectSame((await writeOne(adapter, 'note', away)).status, 'written', 'Archiving our note');
      expectSame(await world.count('note'), 0, 'The number of notes after that');
      expectSame(
        (await adapter.read('note', { kind: 'keys', keys: [KEY] })).records,
        [],
        'The archived note, by its key',
      );
    },
  },
];

async function start(
  world: ConformanceWorld,
): Promise<{ readonly adapter: CrmAdapter; readonly account: Id; readonly sale: Id }> {
  const adapter = await world.connect();
  const [account] = (await enterMany(world, 'account', 1)) as [Id];
  const sale = await world.create('opportunity', { name: 'Sale', accountId: account });
  return { adapter, account, sale };
}

function note(account: Id): Write<'note'> {
  return { key: 'note', target: { externalKey: KEY }, set: SET, links: [{ to: 'account', id: account }] };
}

async function onlyNote(adapter: CrmAdapter, world: ConformanceWorld): Promise<Note> {
  expectSame(await world.count('note'), 1, 'The number of notes in the CRM');
  const page = await adapter.read('note', { kind: 'keys', keys: [KEY] });
  expectSame(page.records.length, 1, 'Notes read by our key');
  return page.records[0]!;
}
