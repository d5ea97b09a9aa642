import {
  type CrmAdapter,
  EDITED_FIELDS,
  type FieldChange,
  type Id,
  type Instant,
  type PastValue,
  readFieldHistory,
  readHistoryReach,
} from '@holdfast/core';
import { fieldChange } from '@holdfast/core/model';
import type { CaseDefinition } from '../case.ts';
import { expect, expectOnce, expectSame } from '../expect.ts';
import type { ConformanceWorld } from '../harness.ts';
import { changedBetween, drain, FULL_READ, idsOf, readCapability, readOne, settle, step } from '../reading.ts';

/** What is told of the past is true, or is not told. */
export const HISTORY_CASES: readonly CaseDefinition[] = [
  {
    id: 'history/edited',
    per: 'suite',
    needs: ['history'],
    run: async ({ world }) => {
      const { adapter, id, first, second } = await editedTwice(world);
      const read = await pastNames(adapter, world, id, (await drain(adapter, 'fieldChange', FULL_READ)).records);
      expectSame(read(second), { known: true, value: 'Third' }, 'The name as of the second edit');
      expectSame(read(second - 1000), { known: true, value: 'Second' }, 'The name a second before the second edit');
      expectSame(read(first), { known: true, value: 'Second' }, 'The name as of the first edit');
      expectKnownAs('First', read(first - 1000), 'The name a second before the first edit');
    },
  },
  {
    id: 'history/untouched',
    per: 'suite',
    needs: ['history'],
    run: async ({ world }) => {
      const untouched = await world.create('account', { name: 'Untouched' });
      const { adapter, first, second } = await editedTwice(world);
      const { records } = await drain(adapter, 'fieldChange', FULL_READ);
      const read = await pastNames(adapter, world, untouched, records);
      for (const at of [first - 1000, first, second]) expectKnownAs('Untouched', read(at), 'The name of the other');
    },
  },
  {
    id: 'history/changed',
    per: 'suite',
    needs: ['history'],
    run: async ({ world }) => {
      const { adapter, id, second } = await editedTwice(world);
      const before = await drain(adapter, 'fieldChange', FULL_READ);
      const since = world.clock.now();
      await step(world, readCapability(adapter, 'fieldChange'));
      await world.edit('account', id, { name: 'Fourth' });
      const third = world.clock.now();
      const until = await settle(world, readCapability(adapter, 'fieldChange'));
      const later = await drain(adapter, 'fieldChange', changedBetween(since, until));
      const stored = new Map([...before.records, ...later.records].map((row) => [row.id, row]));
      const read = await pastNames(adapter, world, id, [...stored.values()]);
      expectSame(read(third), { known: true, value: 'Fourth' }, 'The name as of the third edit');
      expectSame(read(second), { known: true, value: 'Third' }, 'The name as of the second edit');
      const again = await drain(adapter, 'fieldChange', FULL_READ);
      const lost = idsOf(later).filter((row) => !idsOf(again).includes(row));
      expectSame(lost, [], 'Rows read as changed that the history read whole does not hold');
    },
  },
  {
    id: 'history/strict',
    per: 'suite',
    needs: ['history'],
    run: async ({ world }) => {
      const { adapter, id } = await editedTwice(world);
      const { records, rejects } = await drain(adapter, 'fieldChange', FULL_READ);
      expectSame(rejects, [], 'Rejects of the history');
      expectOnce(idsOf({ records }), [...new Set(idsOf({ records }))], 'Rows of history');
      for (const row of records) {
        const parsed = fieldChange.strict().safeParse(row);
        expect(parsed.success, `A row of history does not pass its schema: ${parsed.error?.message ?? ''}`);
        const fields: readonly string[] = EDITED_FIELDS[row.entity];
        const [entity, field = ''] = row.field.split('.');
        expect(entity === row.entity && fields.includes(field), `${row.field} is no field of a past.`);
      }
      expect(
        records.some((row) => row.recordId === id && row.field === 'account.name'),
        'The edited account has no row.',
      );
    },
  },
];

async function editedTwice(world: ConformanceWorld): Promise<{
  readonly adapter: CrmAdapter;
  readonly id: Id;
  readonly first: Instant;
  readonly second: Instant;
}> {
  const adapter = await world.connect();
  const capability = readCapability(adapter, 'fieldChange');
  const id = await world.create('account', { name: 'First' });
  await step(world, capability);
  await world.edit('account', id, { name: 'Second' });
  const first = world.clock.now();
  await step(world, capability);
  await world.edit('account', id, { name: 'Third' });
  const second = world.clock.now();
  await settle(world, capability);
  return { adapter, id, first, second };
}

/** The account's name in the past, as the rows and the record of today tell it. */
async function pastNames(
  adapter: CrmAdapter,
  world: ConformanceWorld,
  id: Id,
  rows: readonly FieldChange[],
): Promise<(at: Instant) => PastValue> {
  const reach = readHistoryReach();
  for (const row of rows) reach.add(row);
  const history = readFieldHistory(rows, reach.finish(), world.clock.now());
  const { name, updatedAt } = await readOne(adapter, 'account', id);
  return (at) => history.valueAt(id, 'name', at, { entity: 'account', value: name, updatedAt });
}

function expectKnownAs(value: string, past: PastValue, what: string): void {
  if (past.known) expectSame(past.value, value, what);
}
