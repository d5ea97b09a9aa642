import type { Id, Page } from '@holdfast/core';
import type { CaseDefinition } from '../case.ts';
import { expect, expectOnce, expectSame } from '../expect.ts';
import { changedBetween, drain, enterMany, FULL_READ, idsOf, readByIds, readCapability, settle } from '../reading.ts';

/** A bad record is a reject and the page goes on. */
export const REJECT_CASES: readonly CaseDefinition[] = [
  {
    id: 'reject/page-goes-on',
    per: 'written',
    needs: ['corrupt'],
    run: async ({ world, entity, can }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const since = world.clock.now();
      const ids = await enterMany(world, entity, 3);
      await world.corrupt(entity, ids[1]!);
      const until = await settle(world, capability);
      expectRejected(await drain(adapter, entity, FULL_READ), ids[1]!, ids, `${entity} read in full`);
      if (!can('changed')) return;
      const window = await drain(adapter, entity, changedBetween(since, until));
      expectRejected(window, ids[1]!, ids, `${entity} read by change`);
    },
  },
  {
    id: 'reject/by-id',
    per: 'written',
    needs: ['corrupt'],
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const ids = await enterMany(world, entity, 3);
      await world.corrupt(entity, ids[0]!);
      await settle(world, readCapability(adapter, entity));
      const page = await readByIds(adapter, entity, ids);
      expectRejected(page, ids[0]!, ids, `${entity} read by id`);
    },
  },
];

type Read = Pick<Page, 'records' | 'rejects' | 'gone'>;

function expectRejected(read: Read, bad: Id, ids: readonly Id[], what: string): void {
  expectOnce(
    idsOf(read),
    ids.filter((id) => id !== bad),
    `${what} beside a bad record`,
  );
  expectSame(
    read.rejects.map(({ id }) => id),
    [bad],
    `${what}: the rejects`,
  );
  const issues = read.rejects.flatMap((reject) => reject.issues);
  expect(issues.length > 0 && issues.every((issue) => issue.trim() !== ''), `${what}: a reject must say its issues.`);
  expectSame(read.gone, [], `${what}: a bad record is not gone; gone`);
}
