import type { CrmAdapter } from '@holdfast/core';
import type { Store, StoredWrite } from '../store/store.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { type DueWrite, runWrites, type WriteOptions, type WriteReport } from './run-writes.ts';

export interface UndoReport extends WriteReport {
  /** Writes that only completed links of a record that was there before: they stay. */
  readonly kept: number;
}

/**
 * Puts back what a run wrote, by the rules of any write: only where a field still holds what we wrote, and records that
 * we created are archived only while they hold what we gave them. What a write has set off in the CRM stays. Throws
 * `WorkspaceError` `missing` for an unknown run.
 */
export async function undoRun(
  adapter: CrmAdapter,
  store: Store,
  runId: string,
  options: WriteOptions,
): Promise<UndoReport> {
  await store.bindOrg(adapter.capabilities.crm, adapter.capabilities.org.id);
  if ((await store.run(runId)) === null) {
    throw new WorkspaceError(
      'missing',
      `There is no run ${runId} in this workspace. The runs folder lists those there are.`,
    );
  }
  const written = (await store.writes(runId)).filter(({ outcome }) => outcome?.status === 'written');
  const due = written.map(reverse).filter((write) => write !== null);
  const run = { id: await undoId(store, `undo-${runId}`), planId: `undo-${runId}` };
  return { ...(await runWrites(adapter, store, run, due, options)), kept: written.length - due.length };
}

/** An undo that died is taken up; one that ended is followed by another, which finds what is left. */
async function undoId(store: Store, planId: string): Promise<string> {
  const earlier = (await store.runs()).filter((run) => run.planId === planId);
  const unfinished = earlier.find((run) => run.finishedAt === null);
  return unfinished?.id ?? (earlier.length === 0 ? planId : `${planId}-${earlier.length + 1}`);
}

function reverse({ entity, key, write, outcome }: StoredWrite): DueWrite | null {
  if (outcome?.status !== 'written') return null;
  if (outcome.created) {
    return { entity, write: { key, target: write.target, set: {}, archive: true }, before: outcome.set } as DueWrite;
  }
  if (Object.keys(outcome.set).length === 0 || !('id' in write.target)) return null;
  return { entity, write: { key, target: { id: outcome.id }, set: outcome.was }, before: outcome.set } as DueWrite;
}
