import type { CrmAdapter, Id, Task, Write } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import type { CaseDefinition } from '../case.ts';
import { expect, expectSame } from '../expect.ts';
import type { ConformanceWorld } from '../harness.ts';
import { enterMany, readOne } from '../reading.ts';
import { writeOne, writeOrSplit } from '../writing.ts';

const KEY = 'holdfast:task:renewal 2026/é%';
const SET = { subject: 'Prepare the renewal', body: 'One\n🛟 two', dueOn: '2026-02-27' } as const;

/** Records that we create carry our key: made once, however often they are written. */
export const TASK_CASES: readonly CaseDefinition[] = [
  {
    id: 'task/create',
    per: 'suite',
    needs: ['create-task'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      const result = await writeOne(adapter, 'task', task(account));
      expectSame(result.status, 'written', 'Creating a task');
      const found = await onlyTask(adapter, world);
      const { id, key, subject, body, dueOn, accountId, done } = found;
      expectSame({ subject, body, dueOn }, SET, 'The task');
      expectSame(
        { key, accountId, done },
        { key: KEY, accountId: account, done: false },
        "The task's key, account, state",
      );
      expectSame(result.status === 'written' && result.id, id, 'The id in the result');
      expect(entitySchemas.task.strict().safeParse(found).success, 'The task does not fit its schema.');
    },
  },
  {
    id: 'task/again',
    per: 'suite',
    needs: ['create-task'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      const first = await writeOne(adapter, 'task', task(account));
      const again = await writeOne(await world.connect(), 'task', task(account));
      expectSame([first.status, again.status], ['written', 'written'], 'A task, and the same task again');
      await onlyTask(adapter, world);
    },
  },
  {
    id: 'task/update',
    per: 'suite',
    needs: ['create-task'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      await writeOne(adapter, 'task', task(account));
      const change = { key: 'later', target: { externalKey: KEY }, set: { dueOn: null, subject: 'Renew' } };
      expectSame((await writeOne(adapter, 'task', change)).status, 'written', 'Changing a task by its key');
      const { subject, body, dueOn, accountId } = await onlyTask(adapter, world);
      const wanted = { subject: 'Renew', body: SET.body, dueOn: null, accountId: account };
      expectSame({ subject, body, dueOn, accountId }, wanted, 'The changed task');
    },
  },
  {
    id: 'task/same-batch',
    per: 'suite',
    needs: ['create-task'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      const results = await writeOrSplit(adapter, 'task', [task(account), { ...task(account), key: 'twin' }]);
      expect(
        results.some(({ status }) => status === 'written'),
        'Of two writes of one task neither is written.',
      );
      await onlyTask(adapter, world);
    },
  },
  {
    id: 'task/relink',
    per: 'suite',
    needs: ['create-task', 'fault:link-lost'],
    run: async ({ world }) => {
      for (const set of [SET, {}]) {
        const { adapter, account } = await start(world);
        await world.failNext('link-lost');
        const lost = await writeOne(adapter, 'task', task(account));
        expect(lost.status !== 'written', 'A task whose link was lost must not count as written.');
        await world.heal();
        const again = await writeOne(adapter, 'task', { ...task(account), set });
        expectSame(again.status, 'written', 'The retry of a task whose link was lost');
        const { subject, accountId } = await onlyTask(adapter, world);
        expectSame({ subject, accountId }, { subject: SET.subject, accountId: account }, 'The task after the retry');
        await writeOne(adapter, 'task', { key: 'away', target: { externalKey: KEY }, set: {}, archive: true });
      }
    },
  },
  {
    id: 'task/bad-link',
    per: 'suite',
    needs: ['create-task'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      const [gone] = (await enterMany(world, 'account', 1, 7)) as [Id];
      await world.remove('account', gone);
      const result = await writeOne(adapter, 'task', task(gone));
      expect(result.status !== 'written', 'A task whose account is gone must not count as written.');
      expectSame((await writeOne(adapter, 'task', task(account))).status, 'written', 'The task with a good link');
      expectSame((await onlyTask(adapter, world)).accountId, account, "The task's account");
    },
  },
  {
    id: 'task/archive',
    per: 'suite',
    needs: ['create-task'],
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      await writeOne(adapter, 'task', task(account));
      const away = { key: 'away', target: { externalKey: KEY }, set: {}, archive: true } as const;
      expectSame((await writeOne(adapter, 'task', away)).status, 'written', 'Archiving our task');
      expectSame(await world.count('task'), 0, 'The number of tasks after that');
      const page = await adapter.read('task', { kind: 'keys', keys: [KEY] });
      expectSame(page.records, [], 'The archived task, read by its key');
      const again = await writeOne(adapter, 'task', away);
      const code = again.status === 'failed' ? again.error.code : again.status;
      expect(code === 'written' || code === 'not-found', `Archiving again is written or not-found, not ${code}.`);
      expectSame(await world.count('task'), 0, 'The number of tasks after archiving again');
    },
  },
  {
    id: 'task/archive-others',
    per: 'suite',
    run: async ({ world }) => {
      const { adapter, account } = await start(world);
      const away = { key: 'away', target: { id: account }, set: {}, archive: true } as const;
      expectSame((await writeOne(adapter, 'account', away)).status, 'failed', "Archiving a person's record");
      await readOne(adapter, 'account', account);
    },
  },
  {
    id: 'task/refused',
    per: 'suite',
    without: 'create-task',
    run: async ({ world, harness }) => {
      if (!harness.writes.includes('task')) return;
      const { adapter, account } = await start(world);
      const reason = adapter.capabilities.write.task?.create;
      expect(typeof reason === 'string' && reason !== '', 'Why no task is created must stand in the capabilities.');
      const result = await writeOne(adapter, 'task', task(account));
      const code = result.status === 'failed' ? result.error.code : result.status;
      expect(code === 'permission' || code === 'invalid', `The refusal is \`permission\` or \`invalid\`, not ${code}.`);
      expectSame(await world.count('task'), 0, 'The number of tasks');
    },
  },
];

async function start(world: ConformanceWorld): Promise<{ readonly adapter: CrmAdapter; readonly account: Id }> {
  const adapter = await world.connect();
  const [account] = (await enterMany(world, 'account', 1)) as [Id];
  return { adapter, account };
}

function task(account: Id): Write<'task'> {
  return { key: 'task', target: { externalKey: KEY }, set: SET, links: [{ to: 'account', id: account }] };
}

/** Read by its key and counted past the adapter: an adapter that hides a second one is found out. */
async function onlyTask(adapter: CrmAdapter, world: ConformanceWorld): Promise<Task> {
  expectSame(await world.count('task'), 1, 'The number of tasks in the CRM');
  const page = await adapter.read('task', { kind: 'keys', keys: [KEY] });
  expectSame(page.records.length, 1, 'Tasks read by our key');
  return page.records[0]!;
}
