import type { CaseDefinition } from '../case.ts';
import { expect, expectAll, expectOnce, expectSame } from '../expect.ts';
import {
  changedBetween,
  drain,
  entered,
  enterMany,
  FULL_READ,
  idsOf,
  readCapability,
  settle,
  step,
} from '../reading.ts';

/** A window is [since, until), and nothing falls between two of them. */
export const WINDOW_CASES: readonly CaseDefinition[] = [
  {
    id: 'window/half-open',
    per: 'entered',
    needs: ['changed'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const t0 = world.clock.now();
      const a = await world.create(entity, entered(entity, 1));
      const t1 = await step(world, capability);
      const b = await world.create(entity, entered(entity, 2));
      const t2 = await step(world, capability);
      const c = await world.create(entity, entered(entity, 3));
      const t3 = await settle(world, capability);
      const within = async (since: number, until: number) =>
        idsOf(await drain(adapter, entity, changedBetween(since, until)));
      expectOnce(await within(t0, t1), [a], `${entity} from the first instant to before the second`);
      expectOnce(await within(t1, t2), [b], `${entity} from the second instant to before the third`);
      expectOnce(await within(t1, t3), [b, c], `${entity} from the second instant on`);
      await world.edit(entity, a, entered(entity, 4));
      const t4 = await settle(world, capability);
      expectOnce(await within(t0, t1), [], `${entity} where the edited one used to be`);
      expectOnce(await within(t3, t4), [a], `${entity} where the edited one is now`);
    },
  },
  {
    id: 'window/empty',
    per: 'entered',
    needs: ['changed'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      await enterMany(world, entity, 2);
      const since = await settle(world, capability);
      const until = await step(world, capability);
      const page = await adapter.read(entity, changedBetween(since, until));
      expectSame(idsOf(page), [], `${entity} in a quiet window`);
      expectSame(page.next, null, 'The cursor after a quiet window');
    },
  },
  {
    id: 'window/lag',
    per: 'entered',
    needs: ['changed'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const since = world.clock.now();
      const id = await world.create(entity, entered(entity, 1));
      await world.advance(capability.indexLagMs);
      const until = world.clock.now() + capability.clockResolutionMs;
      const read = await drain(adapter, entity, changedBetween(since, until));
      expectOnce(idsOf(read), [id], `${entity} after the declared lag of ${capability.indexLagMs} ms`);
    },
  },
  {
    id: 'window/edited-while-paging',
    per: 'entered',
    needs: ['changed'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const since = world.clock.now();
      const ids = await enterMany(world, entity, capability.pageSize.changed + 2);
      const until = await settle(world, capability);
      const window = changedBetween(since, until);
      const first = await drain(adapter, entity, window, 1);
      const cursor = first.pages[0]?.next ?? null;
      expect(cursor !== null, `More ${entity} than a page, and the first page has no cursor.`);
      const seen = new Set(idsOf(first));
      const edited = [ids.find((id) => seen.has(id))!, ids.findLast((id) => !seen.has(id))!];
      for (const id of edited) await world.edit(entity, id, entered(entity, 50_000 + ids.indexOf(id)));
      const later = await settle(world, capability);
      const rest = await drain(adapter, entity, { ...window, cursor });
      const untouched = ids.filter((id) => !edited.includes(id));
      expectAll([...seen, ...idsOf(rest)], untouched, `${entity} that nobody edited while the read went on`);
      const next = await drain(adapter, entity, changedBetween(until, later));
      expectOnce(idsOf(next), edited, `${entity} edited while the read before went on`);
    },
  },
  {
    id: 'window/created-while-paging',
    per: 'entered',
    needs: ['changed'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const ids = await enterMany(world, entity, capability.pageSize.all + 1);
      const since = await settle(world, capability);
      const first = await drain(adapter, entity, FULL_READ, 1);
      const cursor = first.pages[0]?.next ?? null;
      expect(cursor !== null, `More ${entity} than a page, and the first page has no cursor.`);
      const fresh = await world.create(entity, entered(entity, 60_000));
      const until = await settle(world, capability);
      const rest = await drain(adapter, entity, { ...FULL_READ, cursor });
      const found = [...idsOf(first), ...idsOf(rest)].filter((id) => id !== fresh);
      expectOnce(found, ids, `${entity} that were there when the full read began`);
      const next = await drain(adapter, entity, changedBetween(since, until));
      expectAll(idsOf(next), [fresh], `${entity} created while the full read went on`);
    },
  },
];
