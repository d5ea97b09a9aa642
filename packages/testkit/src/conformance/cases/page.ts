import type { CaseDefinition } from '../case.ts';
import { expect, expectCrmError, expectOnce, isCrmError } from '../expect.ts';
import { changedBetween, drain, enterMany, FULL_READ, idsOf, readCapability, settle } from '../reading.ts';

/** Pages: as large as declared, and an empty one is not the last. */
export const PAGE_CASES: readonly CaseDefinition[] = [
  {
    id: 'page/empty-goes-on',
    per: 'entered',
    needs: ['fault:empty-page'],
    run: async ({ world, entity, can }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const since = world.clock.now();
      const ids = await enterMany(world, entity, 3);
      const until = await settle(world, capability);
      await world.failNext('empty-page');
      expectOnce(idsOf(await drain(adapter, entity, FULL_READ)), ids, `${entity} in full after an empty page`);
      await world.heal();
      if (!can('changed')) return;
      await world.failNext('empty-page');
      const window = await drain(adapter, entity, changedBetween(since, until));
      expectOnce(idsOf(window), ids, `${entity} by change after an empty page`);
    },
  },
  {
    id: 'page/size',
    per: 'entered',
    run: async ({ world, entity, can }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const { all, changed } = capability.pageSize;
      const since = world.clock.now();
      await enterMany(world, entity, (can('changed') ? Math.max(all, changed) : all) + 1);
      const until = await settle(world, capability);
      expectSizes(await drain(adapter, entity, FULL_READ), all, `${entity} read in full`);
      if (!can('changed')) return;
      expectSizes(await drain(adapter, entity, changedBetween(since, until)), changed, `${entity} read by change`);
    },
  },
  {
    id: 'page/ids-size',
    per: 'entered',
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const most = capability.pageSize.ids;
      const ids = await enterMany(world, entity, most + 1);
      await settle(world, capability);
      const full = await adapter.read(entity, { kind: 'ids', ids: ids.slice(0, most) });
      expectOnce(idsOf(full), ids.slice(0, most), `${most} ${entity} read by id, as many as declared`);
      const over = await adapter.read(entity, { kind: 'ids', ids }).catch((error: unknown) => {
        if (isCrmError(error)) return null;
        throw error;
      });
      if (over)
        expectOnce(idsOf(over), ids, `${most + 1} ${entity} read by id, one more than declared and not refused`);
    },
  },
  {
    id: 'page/cursor-foreign',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      await enterMany(world, 'account', 1);
      const request = { ...FULL_READ, cursor: 'not a cursor of this adapter' };
      const error = await expectCrmError(adapter.read('account', request), 'A read from a foreign cursor');
      expect(
        error.code === 'invalid' || error.code === 'protocol',
        `A foreign cursor is \`invalid\`, not ${error.code}.`,
      );
    },
  },
];

function expectSizes(
  {
    pages,
  }: { readonly pages: readonly { readonly records: readonly unknown[]; readonly rejects: readonly unknown[] }[] },
  most: number,
  what: string,
): void {
  const largest = Math.max(...pages.map((page) => page.records.length + page.rejects.length));
  expect(largest <= most, `${what}: a page of ${largest}, and ${most} are declared.`);
  expect(pages.length > 1, `${what}: more than the declared ${most} came in one page.`);
}
