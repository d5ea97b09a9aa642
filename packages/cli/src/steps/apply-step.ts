import type { Plan } from '@holdfast/core';
import { applyPlan, type WriteReport } from '@holdfast/workflows';
import type { Session } from '../session/session.ts';

export interface ApplyStep extends WriteReport {
  readonly planned: number;
  readonly calls: number;
  /** Batches to read again plus batches to write. */
  readonly minimum: number;
}

/** Applies a plan; every outcome goes to `results.ndjson`. */
export async function applyStep(session: Session, plan: Plan, attended: boolean): Promise<ApplyStep> {
  const { store, meter, clock, random, io, runId } = session;
  const adapter = await session.adapter();
  const before = meter.total();
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
    minimum: minimumFor(plan, adapter.capabilities),
  };
}

type Capabilities = Awaited<ReturnType<Session['adapter']>>['capabilities'];

function minimumFor(plan: Plan, { write, read }: Capabilities): number {
  const counts = new Map<Plan['writes'][number]['entity'], number>();
  for (const { entity } of plan.writes) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  let calls = 0;
  for (const [entity, writes] of counts) {
    calls +=
      Math.ceil(writes / (write[entity]?.batchSize ?? 1)) + Math.ceil(writes / (read[entity]?.pageSize.ids ?? 1));
  }
  return calls;
}
