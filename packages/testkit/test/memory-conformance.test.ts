import { adapterConformance } from '@holdfast/testkit';
import { test } from 'vitest';
import { memoryHarness } from './memory-harness.ts';

const NO_DELETIONS = 'this variant lists no deletions';

const harnesses = [
  memoryHarness('memory, plain', { pageSize: 4 }),
  memoryHarness(
    'memory, with the history of fields',
    { pageSize: 3, fieldHistory: true },
    { serves: [...memoryHarness('', {}).serves, 'fieldChange'], enters: ['account'] },
  ),
  memoryHarness(
    'memory, with notes',
    { notes: true },
    {
      serves: [...memoryHarness('', {}).serves, 'note'],
      enters: ['account'],
      writes: [...memoryHarness('', {}).writes, 'note'],
    },
  ),
  memoryHarness('memory, slow index and coarse clock', {
    pageSize: 3,
    batchSize: 4,
    indexLagMs: 30_000,
    clockResolutionMs: 1000,
  }),
  memoryHarness('memory, merges into a new record and refuses whole batches', {
    pageSize: 5,
    batchSize: 10,
    mergeInto: 'new-record',
    batchErrors: 'whole-batch',
  }),
  memoryHarness(
    'memory, without deletions, task keys, tickets and the probability',
    {
      pageSize: 2,
      deletions: 'sweep',
      uniqueTaskKey: false,
      unavailable: { ticket: 'no service seat' },
      missing: { account: { churnProbability: 'not installed' } },
    },
    {
      serves: memoryHarness('', {}).serves.filter((entity) => entity !== 'ticket'),
      enters: ['account', 'contact', 'opportunity'],
      lacks: { deletions: NO_DELETIONS, 'create-task': 'this variant has no unique key on tasks' },
    },
  ),
];

for (const harness of harnesses) {
  for (const c of adapterConformance(harness)) test.skipIf(c.skipped)(c.name, c.run);
}
