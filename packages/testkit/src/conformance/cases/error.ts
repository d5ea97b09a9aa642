import type { CrmAdapter, CrmError, CrmErrorCode, Id, WriteResult } from '@holdfast/core';
import type { CaseDefinition } from '../case.ts';
import { expect, expectCrmError, expectSame } from '../expect.ts';
import type { ConformanceWorld, FaultKind } from '../harness.ts';
import { enterMany, FULL_READ, idsOf, readByIds, readOne } from '../reading.ts';
import { expectNoLeak } from '../secrets.ts';
import { writeCalls, writeOne } from '../writing.ts';

/** How each fault must be told. */
const WANTED = {
  'wrong-token': { code: 'auth', retryable: false },
  'missing-permission': { code: 'permission', retryable: false },
  'rate-limit': { code: 'rate-limit', retryable: true },
  'daily-limit': { code: 'rate-limit', exhausted: true },
  'server-error': { code: 'unavailable', retryable: true },
  garbage: { code: 'protocol' },
} as const satisfies {
  readonly [K in FaultKind]?: {
    readonly code: CrmErrorCode;
    readonly retryable?: boolean;
    readonly exhausted?: boolean;
  };
};
type Told = keyof typeof WANTED;

const READ_FAULTS: readonly (readonly [CaseDefinition['id'], Told])[] = [
  ['error/wrong-token', 'wrong-token'],
  ['error/missing-permission', 'missing-permission'],
  ['error/rate-limit', 'rate-limit'],
  ['error/daily-limit', 'daily-limit'],
  ['error/server', 'server-error'],
  ['error/garbage', 'garbage'],
];

/** Errors have the right code, an unknown outcome is called unknown, and nothing secret is told. */
export const ERROR_CASES: readonly CaseDefinition[] = [
  ...READ_FAULTS.map(
    ([id, kind]): CaseDefinition => ({
      id,
      per: 'suite',
      needs: [`fault:${kind}`],
      run: ({ world }) => expectReadsRefused(world, kind),
    }),
  ),
  {
    id: 'error/write',
    per: 'suite',
    run: async ({ world, can }) => {
      const adapter = await world.connect();
      const [id] = (await enterMany(world, 'account', 1)) as [Id];
      const kinds = (Object.keys(WANTED) as Told[]).filter((kind) => can(`fault:${kind}`));
      for (const kind of kinds) {
        await world.failNext(kind, Number.POSITIVE_INFINITY);
        const result = await writeOne(adapter, 'account', { key: kind, target: { id }, set: { nextStep: kind } });
        await world.heal();
        if (result.status === 'failed') expectTold(result.error, kind, `A write under ${kind}`);
        expect(result.status !== 'written', `A write under ${kind} must not count as written.`);
        if (kind === 'garbage') continue;
        expectSame((await readOne(adapter, 'account', id)).nextStep, null, `The next step after a write under ${kind}`);
      }
    },
  },
  {
    id: 'error/lost-answer',
    per: 'suite',
    needs: ['fault:lost-answer'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const [id] = (await enterMany(world, 'account', 1)) as [Id];
      const before = writeCalls(world);
      await world.failNext('lost-answer');
      const result = await writeOne(adapter, 'account', { key: 'lost', target: { id }, set: { nextStep: 'Lost?' } });
      expectUnknown(result, 'A write whose answer is lost');
      expect(writeCalls(world) - before <= 1, 'A write whose answer is lost must not be sent again by the adapter.');
      await world.heal();
      expectSame((await readOne(adapter, 'account', id)).nextStep, 'Lost?', 'The next step, read back');
    },
  },
  {
    id: 'error/lost-task',
    per: 'suite',
    needs: ['create-task', 'fault:lost-answer'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const [account] = (await enterMany(world, 'account', 1)) as [Id];
      const write = {
        key: 'task',
        target: { externalKey: 'holdfast:lost' },
        set: { subject: 'Once' },
        links: [{ to: 'account', id: account }],
      } as const;
      await world.failNext('lost-answer');
      expectUnknown(await writeOne(adapter, 'task', write), 'A task whose answer is lost');
      await world.heal();
      for (const time of ['second', 'third']) {
        expectSame((await writeOne(adapter, 'task', write)).status, 'written', `The task, written a ${time} time`);
        expectSame(await world.count('task'), 1, `The number of tasks after the ${time} time`);
      }
      const page = await adapter.read('task', { kind: 'keys', keys: ['holdfast:lost'] });
      expectSame(page.records[0]?.accountId, account, "The task's account");
    },
  },
  {
    id: 'error/goes-on',
    per: 'suite',
    needs: ['fault:server-error'],
    run: async ({ world }) => {
      const adapter = await world.connect();
      const ids = await enterMany(world, 'account', 2);
      await world.failNext('server-error', Number.POSITIVE_INFINITY);
      await expectCrmError(adapter.read('account', FULL_READ), 'A read while the CRM is down');
      await world.heal();
      const page = await adapter.read('account', FULL_READ);
      expectSame([...idsOf(page)].sort(), [...ids].sort(), 'Accounts read by the same adapter when the CRM is back');
    },
  },
  {
    id: 'error/no-secret',
    per: 'suite',
    run: async ({ world, can }) => {
      const canary = 'canary-8f3a@example.com';
      const told: unknown[] = [];
      const attempt = async (call: () => Promise<unknown>) => told.push(await call().catch((error: unknown) => error));
      const adapter = await world.connect();
      const id = await world.create('account', { name: canary, nextStep: canary });
      const write = (set: object) =>
        attempt(() => adapter.write('account', [{ key: 'w', target: { id }, set: set as { nextStep: string } }]));
      if (can('corrupt')) await world.corrupt('account', id);
      await attempt(async () => (await readByIds(adapter, 'account', [id])).rejects);
      await write({ healthScore: canary });
      await write({ holdfastHasNoSuchField: canary });
      for (const kind of (Object.keys(WANTED) as Told[]).filter((fault) => can(`fault:${fault}`))) {
        await world.failNext(kind, Number.POSITIVE_INFINITY);
        await attempt(() => adapter.read('account', FULL_READ));
        await write({ nextStep: canary });
        await attempt(() => world.connect());
        await world.heal();
      }
      expectNoLeak([told, world.events], world.secrets, canary);
    },
  },
];

async function expectReadsRefused(world: ConformanceWorld, kind: Told): Promise<void> {
  const adapter = await world.connect();
  const ids = await enterMany(world, 'account', 2);
  await world.failNext(kind, Number.POSITIVE_INFINITY);
  for (const [what, call] of readsOf(adapter, world, ids)) {
    expectTold(await expectCrmError(call(), `${what} under ${kind}`), kind, `${what} under ${kind}`);
  }
  if (kind !== 'wrong-token') return;
  expectTold(await expectCrmError(world.connect(), `Connecting under ${kind}`), kind, `Connecting under ${kind}`);
}

function readsOf(
  adapter: CrmAdapter,
  world: ConformanceWorld,
  ids: readonly Id[],
): readonly (readonly [string, () => Promise<unknown>])[] {
  const window = {
    kind: 'changed',
    since: world.clock.now() - 60_000,
    until: world.clock.now() + 1,
    cursor: null,
  } as const;
  const isModified = adapter.capabilities.read.account?.changes === 'modified';
  return [
    ['A full read', () => adapter.read('account', FULL_READ)],
    ['A read by id', () => readByIds(adapter, 'account', ids)],
    ...(isModified ? [['A read of changes', () => adapter.read('account', window)] as const] : []),
  ];
}

function expectTold(error: CrmError, kind: Told, what: string): void {
  const wanted: { readonly code: string; readonly retryable?: boolean; readonly exhausted?: boolean } = WANTED[kind];
  for (const [name, value] of Object.entries(wanted))
    expectSame(error[name as keyof CrmError], value, `${what}: ${name}`);
  if (kind === 'rate-limit') expect((error.retryAfterMs ?? 0) > 0, `${what}: retryAfterMs must say how long to wait.`);
  if (kind !== 'daily-limit') expectSame(error.exhausted, false, `${what}: exhausted`);
  expect(error.message.trim().length > 10, `${what}: the message must be a sentence with the next step.`);
}

function expectUnknown(result: WriteResult, what: string): void {
  const unknown = result.status === 'unprocessed' || (result.status === 'failed' && result.error.outcomeUnknown);
  expect(unknown, `${what} has an unknown outcome: \`unprocessed\`, or an error with outcomeUnknown.`);
}
