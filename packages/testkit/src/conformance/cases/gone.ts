import type { CrmAdapter, EntityName, Gone, Id, Instant } from '@holdfast/core';
import type { CaseDefinition } from '../case.ts';
import { expect, expectAll, expectOnce, expectSame, present } from '../expect.ts';
import {
  changedBetween,
  drain,
  entered,
  enterMany,
  FULL_READ,
  idsOf,
  readByIds,
  readCapability,
  settle,
  step,
} from '../reading.ts';

/** Deletions and merges appear, and what comes back comes back. */
export const GONE_CASES: readonly CaseDefinition[] = [
  {
    id: 'gone/ids-tell',
    per: 'entered',
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const ids = await enterMany(world, entity, 3);
      await settle(world, readCapability(adapter, entity));
      await world.remove(entity, ids[1]!);
      const page = await readByIds(adapter, entity, ids);
      expectOnce(idsOf(page), [ids[0]!, ids[2]!], `${entity} read by id beside a deleted one`);
      expectOnce(
        page.gone.map(({ id }) => id),
        [ids[1]!],
        `The deleted ${entity}, told as gone`,
      );
      expectSame(page.gone[0]?.mergedInto, null, `The survivor of a ${entity} that was only deleted`);
      expectSame(page.rejects, [], `The rejects beside a deleted ${entity}`);
    },
  },
  {
    id: 'gone/not-in-all',
    per: 'entered',
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const ids = await enterMany(world, entity, 3);
      await world.remove(entity, ids[0]!);
      await settle(world, readCapability(adapter, entity));
      expectOnce(idsOf(await drain(adapter, entity, FULL_READ)), ids.slice(1), `${entity} in full after a deletion`);
    },
  },
  {
    id: 'gone/listed',
    per: 'entered',
    needs: ['deletions'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const ids = await enterMany(world, entity, 2);
      const since = await step(world, capability);
      await world.remove(entity, ids[0]!);
      await settle(world, capability);
      const later = await step(world, capability);
      const told = await deletedSince(adapter, entity, since);
      expectOnce(
        told.map(({ id }) => id),
        [ids[0]!],
        `${entity} deleted since before the deletion`,
      );
      expectSame(told[0]?.mergedInto, null, `The survivor of a ${entity} that was only deleted`);
      expectOnce(
        (await deletedSince(adapter, entity, later)).map(({ id }) => id),
        [],
        `${entity} deleted since after it`,
      );
    },
  },
  {
    id: 'gone/listed-paged',
    per: 'entered',
    needs: ['deletions'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const since = world.clock.now();
      const { all, changed } = capability.pageSize;
      const ids = await enterMany(world, entity, Math.max(all, changed) + 1);
      await step(world, capability);
      for (const id of ids) await world.remove(entity, id);
      await settle(world, capability);
      expectOnce(
        (await deletedSince(adapter, entity, since)).map(({ id }) => id),
        ids,
        `More deleted ${entity} than a page`,
      );
    },
  },
  {
    id: 'gone/merged',
    per: 'entered',
    needs: ['merge'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const ids = await enterMany(world, entity, 2);
      const since = await step(world, capability);
      const survivor = await world.merge(entity, ids[0]!, ids[1]!);
      const until = await settle(world, capability);
      const all = await drain(adapter, entity, FULL_READ);
      expectOnce(idsOf(all), [survivor], `${entity} in full after a merge`);
      if (capability.deletions === 'sweep') return;
      const seen = [...all.gone, ...(await deletedSince(adapter, entity, since))];
      if (capability.changes === 'modified') {
        seen.push(...(await drain(adapter, entity, changedBetween(since, until))).gone);
      }
      expectSurvivor(seen, [ids[0]!, ids[1]!], survivor, `${entity} after a merge`);
    },
  },
  {
    id: 'gone/merged-by-id',
    per: 'entered',
    needs: ['merge'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const [a, b, other] = (await enterMany(world, entity, 3)) as [Id, Id, Id];
      await step(world, readCapability(adapter, entity));
      const survivor = await world.merge(entity, a, b);
      await settle(world, readCapability(adapter, entity));
      const page = await readByIds(adapter, entity, [a, b, other]);
      expectSurvivor(page.gone, [a, b], survivor, `${entity} read by the ids from before a merge`);
      const served = idsOf(page);
      expectAll(served, [other], `${entity} beside merged ones`);
      const old = [a, b].filter((id) => id !== survivor && served.includes(id));
      expectSame(old, [], `${entity} served under the id that went`);
    },
  },
  {
    id: 'gone/merge-chain',
    per: 'entered',
    needs: ['merge'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const [a, b, c] = (await enterMany(world, entity, 3)) as [Id, Id, Id];
      await step(world, readCapability(adapter, entity));
      const first = await world.merge(entity, a, b);
      await step(world, readCapability(adapter, entity));
      const last = await world.merge(entity, c, first);
      await settle(world, readCapability(adapter, entity));
      const page = await readByIds(adapter, entity, [...new Set([a, b, c, first])]);
      const old = [a, b, c, first].filter((id) => id !== last);
      expectSurvivor(page.gone, old, last, `${entity} after a merge of a merge`);
    },
  },
  {
    id: 'gone/restored',
    per: 'entered',
    needs: ['restore'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const id = await world.create(entity, entered(entity, 1));
      await step(world, capability);
      await world.remove(entity, id);
      await step(world, capability);
      const since = world.clock.now();
      await world.restore(entity, id);
      await settle(world, capability);
      const page = await readByIds(adapter, entity, [id]);
      expectOnce(idsOf(page), [id], `A restored ${entity}, read by id`);
      expectSame(page.gone, [], `Gone ${entity} beside the restored one`);
      expectOnce(idsOf(await drain(adapter, entity, FULL_READ)), [id], `A restored ${entity}, read in full`);
      if (capability.deletions === 'sweep') return;
      const told = (await deletedSince(adapter, entity, since)).map((gone) => gone.id);
      expectSame(told, [], `Deletions of ${entity} listed since the restoration`);
    },
  },
];

async function deletedSince(adapter: CrmAdapter, entity: EntityName, since: Instant): Promise<readonly Gone[]> {
  return (await drain(adapter, entity, { kind: 'deleted', since, cursor: null })).gone;
}

/** Each old id leads, by one step or several, to the survivor; the survivor itself is not gone. */
function expectSurvivor(gone: readonly Gone[], old: readonly Id[], survivor: Id, what: string): void {
  const next = new Map(gone.map(({ id, mergedInto }) => [id, mergedInto]));
  expect(!next.has(survivor), `${what}: the survivor is told as gone.`);
  for (const id of old.filter((one) => one !== survivor)) {
    let at: Id | null = id;
    for (let steps = 0; at !== survivor && steps < 10; steps += 1) {
      at = present(next.get(present(at, `${what}: the survivor of ${id}`)), `${what}: the survivor of ${id}`);
    }
    expectSame(at, survivor, `${what}: the survivor of ${id}`);
  }
}
