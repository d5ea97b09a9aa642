import type { Task, Write } from '@holdfast/core';
import { salesforce } from '@holdfast/salesforce';
import { createSalesforce, faultsOff, inProcess, sandboxUser } from '@holdfast/sandbox';
import { createTestClock } from '@holdfast/testkit';
import { expect, test } from 'vitest';
import { installByHand } from './installed-fields.ts';

test('case 3, a server that pages smaller than asked: keys beyond its first page are found, and archived', async () => {
  const clock = createTestClock();
  const emulator = createSalesforce({ edition: 'enterprise', clock, users: [sandboxUser], options: { pageSize: 2 } });
  installByHand(emulator);
  const way = inProcess({ emulator, faults: faultsOff });
  const { clientId, clientSecret } = sandboxUser;
  const adapter = await salesforce.connect(
    { loginUrl: way.origin, clientId, clientSecret, connector: way.undiciConnect as never, entities: ['task'] },
    { clock, random: () => 0.5, log: () => {} },
  );
  const keys = ['one', 'two', 'three', 'four', 'five'];
  const write = (key: string): Write<'task'> => ({ key, target: { externalKey: key }, set: { subject: key } });
  await adapter.write('task', keys.map(write));
  const { records } = await adapter.read('task', { kind: 'keys', keys });
  expect(records.map((task: Task) => task.key).sort()).toEqual([...keys].sort());
  const results = await adapter.write(
    'task',
    keys.map((key) => ({ ...write(key), set: {}, archive: true })),
  );
  expect(results.map(({ status }) => status)).toEqual(keys.map(() => 'written'));
  expect(emulator.ids('Task')).toEqual([]);
  await adapter.close();
  way.close();
});
