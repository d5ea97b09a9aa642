import type { CrmAdapter, Plan, WritableEntity } from '@holdfast/core';
import { applyPlan, type WriteReport } from '@holdfast/workflows';
import type { Session } from '../session/session.ts';

export interface ApplyStep extends WriteReport {
  readonly planned: number;
  readonly calls: number;
  /** Batches to read again plus batches that had to be written. */
  readonly minimum: number;
}

/** Applies a plan; every outcome goes to `results.ndjson`. */
export async function applyStep(session: Session, plan: Plan, attended: boolean): Promise<ApplyStep> {
  const { store, meter, clock, random, io, runId } = session;
  const adapter = await session.adapter();
  const before = meter.total();
  const due = countBy(plan.writes.map(({ entity }) => entity));
  const sent: WritableEntity[] = [];
  let done = 0;
  const report = await applyPlan(adapter, store, plan, {
    runId,
    attended,
    clock,
    random,
    signal: io.signal,
    meter,
    onOutcome: (entity, outcome) => {
      done += 1;
      if (outcome.status === 'written' || outcome.status === 'failed') sent.push(entity);
      if (done % 50 === 0) io.progress(`Writing: ${done} of ${plan.writes.length}`);
      session.run().addResult({
        entity,
        ...outcome,
        ...(outcome.status === 'failed' && { error: { code: outcome.error.code, message: outcome.error.message } }),
      });
    },
  });
  return {
    ...report,
    planned: plan.writes.length,
    calls: meter.total() - before,
    minimum: minimumFor(due, countBy(sent), adapter.capabilities),
  };
}

type Counts = ReadonlyMap<WritableEntity, number>;

function countBy(entities: readonly WritableEntity[]): Counts {
  const counts = new Map<WritableEntity, number>();
  for (const entity of entities) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  return counts;
}

/** A batch is read again just before it is written, so the re-read goes by the batch's size too, however much a read may hold. */
function minimumFor(due: Counts, sent: Counts, { write }: CrmAdapter['capabilities']): number {
  let calls = 0;
  for (const counts of [due, sent]) {
    for (const [entity, writes] of counts) calls += Math.ceil(writes / (write[entity]?.batchSize ?? 1));
  }
  return calls;
}
