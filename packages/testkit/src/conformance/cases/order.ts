import type { CaseDefinition } from '../case.ts';
import { expectOnce, expectSame } from '../expect.ts';
import { changedBetween, drain, enterMany, FULL_READ, idsOf, readCapability, settle, step } from '../reading.ts';

/** Order and ties: an import stamps thousands of records with one instant. */
export const ORDER_CASES: readonly CaseDefinition[] = [
  {
    id: 'order/ties',
    per: 'entered',
    needs: ['changed'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const size = capability.pageSize.changed;
      const since = world.clock.now();
      const before = await enterMany(world, entity, 2);
      await step(world, capability);
      const tied = await enterMany(world, entity, size + 1, 10_000);
      await step(world, capability);
      const after = await enterMany(world, entity, 2, 20_000);
      const until = await settle(world, capability);
      const read = await drain(adapter, entity, changedBetween(since, until));
      expectOnce(idsOf(read), [...before, ...tied, ...after], `${entity} of one instant across pages`);
    },
  },
  {
    id: 'order/stable',
    per: 'entered',
    needs: ['changed'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const since = world.clock.now();
      await enterMany(world, entity, capability.pageSize.changed + 1);
      const until = await settle(world, capability);
      const once = await drain(adapter, entity, changedBetween(since, until));
      const again = await drain(adapter, entity, changedBetween(since, until));
      expectSame(idsOf(again), idsOf(once), `${entity} in the same window, read again`);
    },
  },
  {
    id: 'order/all-once',
    per: 'entered',
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const ids = await enterMany(world, entity, capability.pageSize.all + 1);
      await settle(world, capability);
      expectOnce(idsOf(await drain(adapter, entity, FULL_READ)), ids, `${entity} read in full`);
    },
  },
];
