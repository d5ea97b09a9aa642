import type { Id } from '@holdfast/core';
import type { CaseDefinition } from '../case.ts';
import { expectAbort, expectSame } from '../expect.ts';
import { enterMany, FULL_READ } from '../reading.ts';
import { allCalls } from '../writing.ts';

/** How long a call hangs, on the wall clock, before its signal fires. */
const HANGING_MS = 20;

/** A signal stops a call within itself. */
export const ABORT_CASES: readonly CaseDefinition[] = [
  {
    id: 'abort/before',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const [id] = (await enterMany(world, 'account', 1)) as [Id];
      const before = allCalls(world);
      const signal = AbortSignal.abort();
      await expectAbort(adapter.read('account', FULL_READ, signal), 'A read with a signal that has fired');
      const batch = [{ key: 'w', target: { id }, set: { healthScore: 1 } }];
      await expectAbort(adapter.write('account', batch, signal), 'A write with a signal that has fired');
      expectSame(allCalls(world), before, 'Calls made, with those after the signal');
    },
  },
  {
    id: 'abort/read',
    per: 'suite',
    needs: ['fault:no-answer'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      await enterMany(world, 'account', 1);
      await world.failNext('no-answer', Number.POSITIVE_INFINITY);
      await expectAbort(adapter.read('account', FULL_READ, soon()), 'A read that hangs');
    },
  },
  {
    id: 'abort/write',
    per: 'suite',
    needs: ['fault:no-answer'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const [id] = (await enterMany(world, 'account', 1)) as [Id];
      await world.failNext('no-answer', Number.POSITIVE_INFINITY);
      const batch = [{ key: 'w', target: { id }, set: { healthScore: 1 } }];
      await expectAbort(adapter.write('account', batch, soon()), 'A write that hangs');
    },
  },
];

function soon(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), HANGING_MS);
  return controller.signal;
}
