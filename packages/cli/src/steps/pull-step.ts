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

/** What had to be read: whole sources for a full read, the changed records otherwise; an empty source costs a page to learn. */
async function sourceReads(session: Session, adapter: CrmAdapter, report: PullReport): Promise<readonly SourceRead[]> {
  const reads: SourceRead[] = [];
  for (const { entity, full, records } of report.entities) {
    const capability = adapter.capabilities.read[entity];
    if (!capability) continue;
    const { of, pageSize } = capability;
    if (of) reads.push(...(full ? await wholeSources(session, of, pageSize.ids) : []));
    else if (full) reads.push(...(await wholeSources(session, entity, pageSize.all)));
    else reads.push(...atLeastOnePage([records], sourceCount(session, entity), pageSize.changed));
  }
  return reads;
}

async function wholeSources(session: Session, entity: EntityName, pageSize: number): Promise<readonly SourceRead[]> {
  const counts = Object.values(await session.store.countByObject(entity));
  return atLeastOnePage(counts, sourceCount(session, entity), pageSize);
}

function sourceCount({ module }: Session, entity: EntityName): number {
  const map = module.maps[entity];
  return 'sources' in map ? map.sources.length : 0;
}

function atLeastOnePage(counts: readonly number[], sources: number, pageSize: number): readonly SourceRead[] {
  const empty = Array.from({ length: Math.max(0, sources - counts.length) }, () => 0);
  return [...counts, ...empty].map((records) => ({ records: Math.max(1, records), pageSize }));
}
