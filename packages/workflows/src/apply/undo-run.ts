import type { CrmAdapter } from '@holdfast/core';
import type { Store, StoredWrite } from '../store/store.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { type DueWrite, runWrites, type WriteOptions, type WriteReport } from './run-writes.ts';

export interface UndoReport extends WriteReport {
  /** Writes that only completed links of a record that was there before, or archived one: they stay. */
  readonly kept: number;
}

/**
 * Puts back what a run wrote, by the rules of any write: only where a field still holds what we wrote, and records that
 * we created are archived only while they hold what we gave them. What a write has set off in the CRM stays. Writes whose
 * outcome nobody knows are put back where they turn out to stand. A run that died is over with this: applying its plan
 * again begins anew. Throws `WorkspaceError` `missing` for an unknown run.
 */
export async function undoRun(
  adapter: CrmAdapter,
  store: Store,
  runId: string,
  options: WriteOptions,
): Promise<UndoReport> {
  await store.bindOrg(adapter.capabilities.crm, adapter.capabilities.org.id);
  const undone = await store.run(runId);
  if (undone === null) {
    throw new WorkspaceError(
      'missing',
      `There is no run ${runId} in this workspace. The runs folder lists those there are.`,
    );
  }
  if (undone.finishedAt === null) await store.saveRun({ ...undone, finishedAt: options.clock.now() });
  const writes = await store.writes(runId);
  const written = writes.filter(({ outcome }) => outcome?.status === 'written');
  const due = written.map(reverse).filter((write) => write !== null);
  const open = writes.filter(mayStand).map(reverseOpen);
  const run = { id: await undoId(store, `undo-${runId}`), planId: `undo-${runId}` };
  const report = await runWrites(adapter, store, run, [...due, ...open], options);
  return { ...report, kept: written.length - due.length };
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

/** A write that went out and of which no answer tells; one that only completed links, or archived a record, stays. */
function mayStand({ write, intent, outcome }: StoredWrite): boolean {
  const isOpen = outcome === null || outcome.status === 'unprocessed';
  if (!isOpen || intent === null || write.archive === true) return false;
  return 'externalKey' in write.target ? !intent.found : Object.keys(intent.was).length > 0;
}

/** Put back only where the field holds what would have been written: anything else was never done, or is a person's. */
function reverseOpen({ entity, key, write: { target, set }, intent }: StoredWrite): DueWrite {
  if ('externalKey' in target)
    return { entity, write: { key, target, set: {}, archive: true }, before: set } as DueWrite;
  const was: Readonly<Record<string, unknown>> = intent?.was ?? {};
  const wanted = set as Readonly<Record<string, unknown>>;
  const before = Object.fromEntries(Object.keys(was).map((field) => [field, wanted[field] ?? null]));
  return { entity, write: { key, target, set: was }, before } as DueWrite;
}
