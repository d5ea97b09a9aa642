import type { CrmAdapter, EntityName } from '@holdfast/core';
import { minimumCalls, type PullReport, pull, type SourceRead } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';

export interface PullStep {
  readonly report: PullReport;
  readonly pulled: Pulled;
  readonly rejects: number;
}

/** Reads what changed (or everything) into the store, and keeps what the offline commands need in `run.json`. */
export async function pullStep(
  session: Session,
  choice: { readonly full: boolean; readonly acceptShrink: boolean },
): Promise<PullStep> {
  const { store, meter, clock, random, io } = session;
  const adapter = await session.adapter();
  const before = meter.calls();
  const report = await pull(adapter, store, {
    clock,
    random,
    signal: io.signal,
    meter,
    ...choice,
    onProgress: ({ entity, records }) => io.progress(`Reading ${entity}: ${records}`),
  });
  const { capabilities } = adapter;
  const after = meter.calls();
  const pulled: Pulled = {
    asOf: report.asOf,
    org: { id: capabilities.org.id, name: capabilities.org.name, edition: capabilities.org.edition },
    writable: Object.fromEntries(
      Object.entries(capabilities.write).map(([entity, { fields }]) => [entity, [...fields]]),
    ),
    calls: [
      { what: 'connect', calls: after.connect + after.auth, minimum: null },
      {
        what: 'read',
        calls: after.read - before.read,
        minimum: minimumCalls(await sourceReads(session, adapter, report), []),
      },
    ],
  };
  session.run().writeJson('run', { ...pulled, startedAt: report.startedAt, entities: report.entities });
  return { report, pulled, rejects: report.entities.reduce((sum, it) => sum + it.rejects, 0) };
}

/** What had to be read: whole sources for a full read, the changed records (one page at least) otherwise. */
async function sourceReads(
  { store }: Session,
  adapter: CrmAdapter,
  report: PullReport,
): Promise<readonly SourceRead[]> {
  const reads: SourceRead[] = [];
  for (const { entity, full, records } of report.entities) {
    const capability = adapter.capabilities.read[entity];
    if (!capability) continue;
    if (capability.of) reads.push(...(full ? await wholeSources(store, capability.of, capability.pageSize.ids) : []));
    else if (full) reads.push(...(await wholeSources(store, entity, capability.pageSize.all)));
    else reads.push({ records: Math.max(1, records), pageSize: capability.pageSize.changed });
  }
  return reads;
}

async function wholeSources(
  store: Session['store'],
  entity: EntityName,
  pageSize: number,
): Promise<readonly SourceRead[]> {
  const counts = Object.values(await store.countByObject(entity));
  return (counts.length === 0 ? [0] : counts).map((records) => ({ records: Math.max(1, records), pageSize }));
}
