import type { ConnectContext, CrmAdapter, CrmModule, Entities, EntityName } from '@holdfast/core';
import type { FaultKind } from '../conformance/harness.ts';
import { createMemoryAdapter } from './adapter.ts';
import { createEdits, type MemoryEdits } from './edits.ts';
import { beginHistory } from './history.ts';
import { memoryModule } from './module.ts';
import { type MemoryCrmOptions, withDefaults } from './options.ts';
import { createState, tableOf } from './state.ts';

/** An org in memory: a module and adapters that serve it, the edits of its people, faults by switch, and the truth. */
export interface MemoryCrm {
  readonly module: CrmModule<Record<string, never>>;
  /** An adapter at once, without the first call that `module.connect` makes. */
  connect(context?: Pick<ConnectContext, 'log'>): CrmAdapter;
  readonly edits: MemoryEdits;
  failNext(kind: FaultKind, calls?: number): void;
  heal(): void;
  /** The live records as they truly are, index lag or not, in order of creation. */
  records<E extends EntityName>(entity: E): readonly Entities[E][];
}

/**
 * Makes an empty org in memory that behaves at the level of records as a CRM does: an index that lags, coarse times
 * and so ties, pages, errors per item or per batch, merges, and a unique key on tasks. Nothing is random unless
 * `random` is given, and no time passes but on the clock given.
 *
 * @example
 * const crm = createMemoryCrm({ clock: createTestClock(), pageSize: 2 });
 * crm.edits.create('account', { name: 'Ada Ltd' });
 * const page = await crm.connect().read('account', { kind: 'all', cursor: null });
 */
export function createMemoryCrm(options: MemoryCrmOptions): MemoryCrm {
  const state = createState(withDefaults(options));
  beginHistory(state);
  return {
    module: memoryModule(state),
    connect: (context = { log: () => {} }) => createMemoryAdapter(state, context).adapter,
    edits: createEdits(state),
    failNext: state.faults.failNext,
    heal: state.faults.heal,
    records: (entity) => {
      const live = tableOf(state, entity).rows.filter((row) => !row.removed);
      return live.map((row) => row.record);
    },
  };
}
