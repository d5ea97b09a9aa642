import type { CrmAdapter, EntityName, Id, Instant } from '@holdfast/core';
import { parseId } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import type { CaseDefinition, EnteredAndWritten } from '../case.ts';
import { expect, expectSame, present } from '../expect.ts';
import type { EnteredRecord } from '../harness.ts';
import {
  changedBetween,
  drain,
  entered,
  enterMany,
  FULL_READ,
  readByIds,
  readCapability,
  readOne,
  readRelations,
  settle,
} from '../reading.ts';
import { sampleRecords } from '../samples.ts';
import { updates, writeOrSplit } from '../writing.ts';

/** No vendor value leaks, and decode(encode(x)) = x. */
export const VALUE_CASES: readonly CaseDefinition[] = [
  {
    id: 'value/strict',
    per: 'entered',
    run: async ({ world, entity, can }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const at = world.clock.now();
      const ids = await enterMany(world, entity, 2);
      const until = await settle(world, capability);
      const reads = [
        await drain(adapter, entity, FULL_READ),
        await readByIds(adapter, entity, ids),
        ...(can('changed') ? [await drain(adapter, entity, changedBetween(at, until))] : []),
      ];
      for (const { records } of reads) {
        expectSame(records.length, 2, `${entity} read`);
        for (const record of records) expectStrict(entity, record);
        if (can('changed')) for (const record of records) expectStamped(record, at, capability.clockResolutionMs);
      }
      if (entity !== 'contact' || !can('relation:contactRole')) return;
      const [account] = await enterMany(world, 'account', 1);
      await world.link('contactRole', account!, ids[0]!);
      await settle(world, capability);
      const roles = await readRelations(adapter, 'contactRole', { account: [account!], contact: ids });
      for (const role of roles) expectStrict('contactRole', role);
    },
  },
  {
    id: 'value/null',
    per: 'written',
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const capability = readCapability(adapter, entity);
      const id = await world.create(entity, entered(entity, 1));
      await settle(world, capability);
      const record: Readonly<Record<string, unknown>> = await readOne(adapter, entity, id);
      for (const field of writableFields(adapter, entity)) {
        expectSame(record[field], null, `${entity}.${field}, which nobody entered`);
      }
    },
  },
  {
    id: 'value/entered',
    per: 'written',
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const fields = writableFields(adapter, entity);
      const { currency } = adapter.capabilities.org;
      for (const [round, values] of sampleRecords(entity, fields, currency).entries()) {
        const record = { ...entered(entity, round), ...values } as EnteredRecord<EnteredAndWritten>;
        const id = await world.create(entity, record);
        await settle(world, readCapability(adapter, entity));
        const found: Readonly<Record<string, unknown>> = await readOne(adapter, entity, id);
        for (const [field, value] of Object.entries(values))
          expectSame(found[field], value, `${entity}.${field} as entered`);
      }
    },
  },
  {
    id: 'value/round-trip',
    per: 'written',
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const fields = writableFields(adapter, entity);
      const rounds = sampleRecords(entity, fields, adapter.capabilities.org.currency);
      const ids = await enterMany(world, entity, rounds.length);
      const results = await writeOrSplit(
        adapter,
        entity,
        updates(entity, ids, (place) => rounds[place]!),
      );
      expectSame(
        results.map(({ status }) => status),
        ids.map(() => 'written'),
        `Writing every field of ${entity}`,
      );
      await settle(world, readCapability(adapter, entity));
      for (const [place, values] of rounds.entries()) await expectRead(adapter, entity, ids[place]!, values);
    },
  },
];

async function expectRead(
  adapter: CrmAdapter,
  entity: EnteredAndWritten,
  id: Id,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const found: Readonly<Record<string, unknown>> = await readOne(adapter, entity, id);
  for (const [field, value] of Object.entries(values)) expectSame(found[field], value, `${entity}.${field} as written`);
}

function writableFields(adapter: CrmAdapter, entity: EnteredAndWritten): readonly string[] {
  return present(adapter.capabilities.write[entity], `The capability to write ${entity}`).fields;
}

function expectStrict(entity: EntityName, record: object): void {
  const { id } = record as { readonly id: Id };
  const parsed = entitySchemas[entity].strict().safeParse(record);
  const issues = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  expect(parsed.success, `${entity} ${id} does not fit its schema: ${issues.join('; ')}.`);
  expectSame(record, parsed.data, `${entity} ${id}, which must hold no vendor value besides`);
  expect(parseId(id).nativeId !== '', `${id} is not a qualified id.`);
}

function expectStamped(record: object, at: Instant, resolution: number): void {
  const { id, updatedAt } = record as { readonly id: Id; readonly updatedAt: Instant | null };
  const off = updatedAt === null ? Number.POSITIVE_INFINITY : Math.abs(updatedAt - at);
  expect(off <= resolution, `${id}: updatedAt is ${updatedAt}, and it was last changed at ${at}.`);
}
