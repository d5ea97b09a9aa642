import type { CrmAdapter, Id, Write } from '@holdfast/core';
import type { CaseDefinition } from '../case.ts';
import { expect, expectOnce, expectSame, isCrmError, present } from '../expect.ts';
import { drain, enterMany, FULL_READ, idsOf, readCapability, readOne, settle } from '../reading.ts';
import { allCalls, updates, writeOne, writeOrSplit } from '../writing.ts';

const STEP = (place: number) => ({ nextStep: `Step ${place}` });

/** One result per write, in order; one bad write is nobody else's. */
export const WRITE_CASES: readonly CaseDefinition[] = [
  {
    id: 'write/results',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const ids = await enterMany(world, 'account', 5);
      const order = [3, 0, 4, 2, 1].map((place) => ids[place]!);
      const batch = updates('account', order, STEP).map((write, place) => ({ ...write, key: `key ${9 - place}` }));
      const results = await writeOrSplit(adapter, 'account', batch);
      expectSame(
        results,
        batch.map(({ key }, place) => ({ key, status: 'written', id: order[place] })),
        'The results of five writes in a strange order',
      );
      await expectSteps(adapter, order, STEP);
    },
  },
  {
    id: 'write/one-bad',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const ids = await enterMany(world, 'account', 5);
      await world.remove('account', ids[2]!);
      await settle(world, readCapability(adapter, 'account'));
      await expectOneFails(adapter, ids, 2, updates('account', ids, STEP), ['not-found', 'invalid']);
    },
  },
  {
    id: 'write/refused',
    per: 'suite',
    needs: ['refuse'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const ids = await enterMany(world, 'account', 5);
      await world.refuse('account', ids[3]!);
      await expectOneFails(adapter, ids, 3, updates('account', ids, STEP), ['invalid', 'permission']);
      expectSame((await readOne(adapter, 'account', ids[3]!)).nextStep, null, 'The next step of the refused account');
    },
  },
  {
    id: 'write/unknown-field',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const ids = await enterMany(world, 'account', 4);
      const name = (await readOne(adapter, 'account', ids[1]!)).name;
      for (const field of ['name', 'holdfastHasNoSuchField']) {
        const batch = updates('account', ids, (place) => (place === 1 ? { [field]: 'Changed' } : STEP(place)));
        await expectOneFails(adapter, ids, 1, batch, ['invalid', 'permission']);
      }
      expectSame((await readOne(adapter, 'account', ids[1]!)).name, name, 'The name, which is not ours to write');
    },
  },
  {
    id: 'write/full-batch',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const size = present(adapter.capabilities.write.account, 'The capability to write accounts').batchSize;
      const ids = await enterMany(world, 'account', size);
      const results = await adapter.write('account', updates('account', ids, STEP));
      expectSame(results.length, size, 'The results of a full batch');
      expectSame(results.filter(({ status }) => status !== 'written').length, 0, 'Not written of a full batch');
      await expectSteps(adapter, [ids[0]!, ids.at(-1)!], (place) => STEP(place === 0 ? 0 : size - 1));
    },
  },
  {
    id: 'write/over-batch',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const size = present(adapter.capabilities.write.account, 'The capability to write accounts').batchSize;
      const ids = await enterMany(world, 'account', size + 1);
      const batch = updates('account', ids, STEP);
      const results = await adapter.write('account', batch).catch((error: unknown) => {
        if (isCrmError(error)) return null;
        throw error;
      });
      const told = results ?? batch.map(({ key }) => ({ key, status: 'failed' }));
      expectSame(
        told.map(({ key }) => key),
        batch.map(({ key }) => key),
        'The results of one write more than a batch',
      );
      await settle(world, readCapability(adapter, 'account'));
      const { records } = await drain(adapter, 'account', FULL_READ);
      const changed = records.filter(({ nextStep }) => nextStep !== null).map(({ id }) => id);
      const written = ids.filter((_, place) => told[place]?.status === 'written');
      expectOnce(changed, written, 'Accounts changed, by what the results say');
    },
  },
  {
    id: 'write/empty',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const before = allCalls(world);
      expectSame(await adapter.write('account', []), [], 'The results of an empty batch');
      expectSame(allCalls(world), before, 'Calls made, with those for an empty batch');
    },
  },
  {
    id: 'write/twice-in-batch',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const [id, other] = (await enterMany(world, 'account', 2)) as [Id, Id];
      const batch = updates('account', [id, other, id], STEP);
      const results = await writeOrSplit(adapter, 'account', batch);
      const { nextStep } = await readOne(adapter, 'account', id);
      const standing = [results[2], results[0]].find((result) => result?.status === 'written');
      const wanted = standing === results[2] ? 'Step 2' : 'Step 0';
      expect(standing !== undefined, 'Of two writes to one record neither is written.');
      expectSame(nextStep, wanted, 'The value after two writes to one record in a batch');
      await expectSteps(adapter, [other], () => STEP(1));
    },
  },
  {
    id: 'write/null-clears',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const held = { healthScore: 50, nextStep: 'Keep', reasons: 'Old', healthBand: 'watch' } as const;
      const id = await world.create('account', { name: 'Ada Ltd', ...held });
      const set = { healthScore: null, reasons: null, nextStep: undefined } as unknown as Write<'account'>['set'];
      const result = await writeOne(adapter, 'account', { key: 'clear', target: { id }, set });
      expectSame(result.status, 'written', 'Clearing two fields');
      const { healthScore, reasons, nextStep, healthBand } = await readOne(adapter, 'account', id);
      expectSame({ healthScore, reasons }, { healthScore: null, reasons: null }, 'Fields written as null');
      expectSame([nextStep, healthBand], ['Keep', 'watch'], 'A field given as undefined, and one left out');
    },
  },
  {
    id: 'write/again',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const [id] = (await enterMany(world, 'account', 1)) as [Id];
      const write = { key: 'again', target: { id }, set: { healthScore: 40, nextStep: 'Call', reasons: 'One\nTwo' } };
      const count = await world.count('account');
      expectSame((await writeOne(adapter, 'account', write)).status, 'written', 'The first write');
      const { updatedAt: _, ...first } = await readOne(adapter, 'account', id);
      expectSame((await writeOne(adapter, 'account', write)).status, 'written', 'The same write again');
      const { updatedAt: __, ...second } = await readOne(adapter, 'account', id);
      expectSame(second, first, 'The account after the same write again');
      expectSame(await world.count('account'), count, 'The number of accounts');
    },
  },
  {
    id: 'write/no-stranger',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const [owner, other] = (await enterMany(world, 'account', 2)) as [Id, Id];
      await world.edit('account', owner, { nextStep: 'Mine', healthBand: 'watch' });
      const before = [await readOne(adapter, 'account', owner), await readOne(adapter, 'account', other)];
      await writeOne(adapter, 'account', { key: 'score', target: { id: owner }, set: { healthScore: 33 } });
      const { updatedAt: _, ...after } = await readOne(adapter, 'account', owner);
      const { updatedAt: __, ...wanted } = { ...before[0]!, healthScore: 33 };
      expectSame(after, wanted, 'The account after a write of its score alone');
      expectSame(await readOne(adapter, 'account', other), before[1], 'The account beside it');
    },
  },
  {
    id: 'write/external-key',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      await enterMany(world, 'account', 1);
      const write = { key: 'make', target: { externalKey: 'holdfast:made' }, set: { healthScore: 1 } };
      const result = await writeOne(adapter, 'account', write);
      expectSame(result.status, 'failed', "Creating an account, which is a person's record");
      await settle(world, readCapability(adapter, 'account'));
      expectSame(idsOf(await drain(adapter, 'account', FULL_READ)).length, 1, 'The number of accounts');
    },
  },
];

async function expectOneFails(
  adapter: CrmAdapter,
  ids: readonly Id[],
  bad: number,
  batch: readonly Write<'account'>[],
  codes: readonly string[],
): Promise<void> {
  const results = await writeOrSplit(adapter, 'account', batch);
  expectSame(
    results.map(({ status }) => status),
    ids.map((_, place) => (place === bad ? 'failed' : 'written')),
    'The results of a batch with one bad write',
  );
  const result = results[bad]!;
  const code = result.status === 'failed' ? result.error.code : result.status;
  expect(codes.includes(code), `The bad write fails with ${codes.join(' or ')}, not with ${code}.`);
  for (const [place, id] of ids.entries()) {
    if (place !== bad) await expectSteps(adapter, [id], () => STEP(place));
  }
}

async function expectSteps(
  adapter: CrmAdapter,
  ids: readonly Id[],
  wanted: (place: number) => { readonly nextStep: string },
): Promise<void> {
  for (const [place, id] of ids.entries()) {
    const { nextStep } = await readOne(adapter, 'account', id);
    expectSame(nextStep, wanted(place).nextStep, `The next step of ${id}, read back`);
  }
}
