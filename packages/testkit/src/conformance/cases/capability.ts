import type { CrmAdapter, EntityName, Maps } from '@holdfast/core';
import { OWNED_FIELDS, REFERRAL_FIELDS } from '@holdfast/core';
import { entitySchemas } from '@holdfast/core/model';
import type { CaseDefinition } from '../case.ts';
import { expect, expectCrmError, expectOnce, expectSame, present } from '../expect.ts';
import { drain, enterMany, FULL_READ, readCapability, settle } from '../reading.ts';

const ENTITIES = Object.keys(entitySchemas) as readonly EntityName[];
/** Fields of the records that we make. */
const MADE_BY_US: Readonly<Record<string, readonly string[]>> = {
  task: ['subject', 'body', 'dueOn', 'ownerId'],
  note: ['body', 'occurredOn'],
  referral: REFERRAL_FIELDS,
  referralLink: ['referredId', 'referrerId'],
};

/** What an adapter declares is what it does. */
export const CAPABILITY_CASES: readonly CaseDefinition[] = [
  {
    id: 'capability/partition',
    per: 'suite',
    run: async ({ world, harness }) => {
      const { capabilities } = await world.connect();
      expectOnce(Object.keys(capabilities.read), harness.serves, 'Entities served');
      const others = ENTITIES.filter((entity) => !harness.serves.includes(entity));
      expectOnce(Object.keys(capabilities.unavailable), others, 'Entities unavailable');
      for (const [entity, reason] of Object.entries(capabilities.unavailable)) expectReason(reason, entity);
      expectOnce(Object.keys(capabilities.write), harness.writes, 'Entities written');
      for (const [entity, read] of Object.entries(capabilities.read)) {
        const numbers = [read.pageSize.all, read.pageSize.changed, read.pageSize.ids, read.clockResolutionMs];
        const sound = numbers.every((size) => Number.isInteger(size) && size > 0) && read.indexLagMs >= 0;
        expect(sound, `${entity}: page sizes and clock resolution are whole numbers above 0, the lag is not below 0.`);
        const lacks: Readonly<Record<string, string>> = harness.lacks ?? {};
        if (!harness.enters.includes(entity as EntityName)) continue;
        const lacking = (need: string) => lacks[need] !== undefined || lacks[`${need} ${entity}`] !== undefined;
        expectSame(
          read.changes === 'sweep',
          lacking('changed'),
          `${entity}: is it swept, as the harness's \`lacks\` says`,
        );
        expectSame(
          read.deletions === 'sweep',
          lacking('deletions'),
          `${entity}: are deletions swept, as \`lacks\` says`,
        );
      }
      const creates = capabilities.write.task?.create;
      if (creates !== undefined)
        expectSame(creates === true, harness.lacks?.['create-task'] === undefined, 'Are tasks created');
    },
  },
  {
    id: 'capability/missing-null',
    per: 'entered',
    run: async ({ world, entity }) => {
      const adapter = await world.connect();
      const { missing } = readCapability(adapter, entity);
      await enterMany(world, entity, 2);
      await settle(world, readCapability(adapter, entity));
      const { records } = await drain(adapter, entity, FULL_READ);
      for (const [field, reason] of Object.entries(missing)) {
        expect(field in entitySchemas[entity].shape, `${entity}.${field} is declared missing and is no field.`);
        expectReason(reason, `${entity}.${field}`);
        for (const record of records as readonly Readonly<Record<string, unknown>>[]) {
          const value = record[field];
          const holdsNothing = value === null || value === false || (Array.isArray(value) && value.length === 0);
          expect(holdsNothing, `${entity}.${field} is declared missing and holds something.`);
        }
      }
    },
  },
  {
    id: 'capability/unmapped',
    per: 'suite',
    run: async ({ world, harness }) => {
      const adapter = await world.connect();
      for (const entity of ENTITIES) {
        const map = harness.maps[entity];
        if ('unavailable' in map) {
          expect(
            adapter.capabilities.read[entity] === undefined,
            `${entity} is served, and its map says it cannot be.`,
          );
        } else if (harness.serves.includes(entity)) {
          for (const field of unmappedFields(harness.maps, entity)) {
            const { missing } = readCapability(adapter, entity);
            expect(
              missing[field] !== undefined,
              `${entity}.${field} has no place in the map and is not declared missing.`,
            );
          }
        }
      }
    },
  },
  {
    id: 'capability/unavailable',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      for (const [entity, reason] of Object.entries(adapter.capabilities.unavailable)) {
        const read = adapter.read(entity as EntityName, FULL_READ);
        const error = await expectCrmError(read, `A read of ${entity}, which is unavailable`);
        expect(error.message.includes(reason), `A read of ${entity} must be refused with the declared reason.`);
        expect(!error.retryable, `A read of ${entity}, which is unavailable, is not worth another try.`);
      }
    },
  },
  {
    id: 'capability/writable',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      for (const [entity, write] of Object.entries(adapter.capabilities.write)) {
        const ours = OWNED_FIELDS.filter((field) => field.entity === entity && field.writer === 'holdfast');
        const allowed = MADE_BY_US[entity] ?? ours.map(({ field }) => field);
        const others = write.fields.filter((field) => !allowed.includes(field));
        expectSame(others, [], `Fields of ${entity} declared writable that are not ours`);
        expect(Number.isInteger(write.batchSize) && write.batchSize > 0, `${entity}: the batch size is above 0.`);
      }
    },
  },
  {
    id: 'capability/check',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const problems = await adapter.check(null);
      for (const { code, message } of problems) {
        expect(code.trim() !== '' && message.trim().length > 10, 'Each finding of a check has a code and a sentence.');
      }
      const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      expectSame(errors, [], 'Errors that a check finds in a healthy org');
    },
  },
  {
    id: 'capability/closed',
    per: 'suite',
    run: async ({ world }) => {
      const adapter = await world.connect();
      const [id] = await enterMany(world, 'account', 1);
      await adapter.close();
      await adapter.close();
      await expectRefusals(adapter, present(id, 'The account'));
    },
  },
];

async function expectRefusals(adapter: CrmAdapter, id: string): Promise<void> {
  await expectCrmError(adapter.read('account', FULL_READ), 'A read on a closed adapter');
  const batch = [{ key: 'w', target: { id }, set: { healthScore: 1 } }];
  await expectCrmError(adapter.write('account', batch), 'A write on a closed adapter');
  await expectCrmError(adapter.check(null), 'A check on a closed adapter');
}

function expectReason(reason: string, what: string): void {
  expect(reason.trim().length > 3, `${what} has no reason why it is not there.`);
}

/** The fields that no source of an entity can fill. */
function unmappedFields(maps: Maps, entity: EntityName): readonly string[] {
  const map = maps[entity];
  const sources: readonly { readonly fields: Readonly<Record<string, { readonly rule: string }>> }[] =
    'sources' in map ? map.sources : [];
  const names = Object.keys(sources[0]?.fields ?? {});
  return names.filter((name) => sources.every((source) => source.fields[name]?.rule === 'unmapped'));
}
