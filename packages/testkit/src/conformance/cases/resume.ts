import type { EntityName } from '@holdfast/core';
import type { CaseDefinition } from '../case.ts';
import { expectOnce } from '../expect.ts';
import type { ConformanceWorld } from '../harness.ts';
import {
  changedBetween,
  drain,
  enterMany,
  FULL_READ,
  idsOf,
  type PagedRequest,
  readCapability,
  settle,
} from '../reading.ts';

/** Resume loses nothing: a run can die between any two pages. */
export const RESUME_CASES: readonly CaseDefinition[] = [
  {
    id: 'resume/all',
    per: 'entered',
    run: async ({ world, entity }) => {
      const capability = readCapability(await world.connect(), entity);
      const ids = await enterMany(world, entity, severalPages(entity, capability.pageSize.all));
      await settle(world, capability);
      await abandonAfterEachPage(world, entity, FULL_READ, ids);
    },
  },
  {
    id: 'resume/changed',
    per: 'entered',
    needs: ['changed'],
    run: async ({ world, entity }) => {
      const capability = readCapability(await world.connect(), entity);
      const since = world.clock.now();
      const ids = await enterMany(world, entity, severalPages(entity, capability.pageSize.changed));
      const until = await settle(world, capability);
      await abandonAfterEachPage(world, entity, changedBetween(since, until), ids);
    },
  },
];

/** Three pages of accounts, so that one has a page on either side; two of the others, since pages can be thousands. */
function severalPages(entity: EntityName, size: number): number {
  return (entity === 'account' ? 2 : 1) * size + 1;
}

async function abandonAfterEachPage(
  world: ConformanceWorld,
  entity: EntityName,
  request: PagedRequest,
  wanted: readonly string[],
): Promise<void> {
  for (let pages = 1; ; pages += 1) {
    const first = await world.connect();
    const begun = await drain(first, entity, request, pages);
    await first.close();
    const cursor = begun.pages.at(-1)?.next ?? null;
    if (cursor === null) return expectOnce(idsOf(begun), wanted, `${entity} read without a break`);
    const second = await world.connect();
    const rest = await drain(second, entity, { ...request, cursor });
    await second.close();
    expectOnce([...idsOf(begun), ...idsOf(rest)], wanted, `${entity} abandoned after page ${pages} and gone on`);
  }
}
