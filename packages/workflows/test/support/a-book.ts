import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrmAdapter, Id, Plan, PlannedWrite } from '@holdfast/core';
import {
  createMemoryCrm,
  createTestClock,
  type MemoryCrm,
  type MemoryCrmOptions,
  type TestClock,
} from '@holdfast/testkit';
import { type CallMeter, createCallMeter } from '../../src/run/call-meter.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/open-workspace.ts';

/** An org in memory with a workspace of its own, for one test. */
export interface ABook {
  readonly crm: MemoryCrm;
  readonly adapter: CrmAdapter;
  readonly workspace: Workspace;
  readonly store: Store;
  readonly clock: TestClock;
  readonly meter: CallMeter;
  /** What pull, apply and undo need. */
  readonly context: { readonly clock: TestClock; readonly random: () => number; readonly meter: CallMeter };
  readonly close: () => Promise<void>;
}

/** Makes an empty org, its adapter, and a store with the lease held. */
export async function aBook(options: Partial<MemoryCrmOptions> = {}): Promise<ABook> {
  const clock = createTestClock();
  const crm = createMemoryCrm({ clock, ...options });
  const meter = createCallMeter();
  const workspace = openWorkspace(join(mkdtempSync(join(tmpdir(), 'holdfast-book-')), '.holdfast'));
  const store = openSqliteStore(workspace.storeFile, { clock });
  await store.acquire({ pid: process.pid, host: 'here', startedAt: 0, purpose: 'test' });
  return {
    crm,
    adapter: crm.connect({ log: meter.log }),
    workspace,
    store,
    clock,
    meter,
    context: { clock, random: () => 0.5, meter },
    close: async () => {
      await store.close();
      rmSync(join(workspace.folder, '..'), { recursive: true });
    },
  };
}

/** A plan for the org in memory. */
export function aPlan(writes: readonly PlannedWrite[], over: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    id: 'plan-1',
    crm: 'memory',
    orgId: 'memory-1',
    asOf: 0,
    writes,
    heldBack: {},
    notes: [],
    ...over,
  };
}

/** One planned score. */
export function aScore(id: Id, wanted: number, before: number | null = null): PlannedWrite {
  const write = { key: `account ${id}`, target: { id }, set: { healthScore: wanted } };
  return { entity: 'account', write, before: { healthScore: before }, label: id, why: 'test' };
}

/** One planned task on an account. */
export function aPlannedTask(key: string, accountId: Id): PlannedWrite {
  const links = [{ to: 'account' as const, id: accountId }];
  const write = { key, target: { externalKey: key }, set: { subject: 'Call about the renewal' }, links };
  return { entity: 'task', write, before: {}, label: key, why: 'test' };
}
