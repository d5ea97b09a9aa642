import type { CrmAdapter, Plan } from '@holdfast/core';
import { guardBands } from '../run/guard-bands.ts';
import type { Store } from '../store/store.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { runWrites, type WriteOptions, type WriteReport } from './run-writes.ts';

export interface ApplyOptions extends WriteOptions {
  /** The id of a new run; an unfinished run of the same plan is taken up under its own id. */
  readonly runId: string;
  /** A person looked at this plan; otherwise guards may stop the run. */
  readonly attended?: boolean;
}

/**
 * Applies a plan: reads each record again, writes where nothing else has changed it, and says how each write ended.
 * Refuses a plan of another org or CRM. Applying a plan twice changes nothing the second time. Throws `WorkspaceError`
 * `org` or `guard`, and `CrmError` when the org cannot take the plan's writes at all.
 */
export async function applyPlan(
  adapter: CrmAdapter,
  store: Store,
  plan: Plan,
  options: ApplyOptions,
): Promise<WriteReport> {
  refuseOtherOrg(adapter, plan);
  await store.bindOrg(plan.crm, plan.orgId);
  if (!options.attended) await refuseLandslide(store, plan);
  const unfinished = (await store.runs()).find((run) => run.planId === plan.id && run.finishedAt === null);
  const run = { id: unfinished?.id ?? options.runId, planId: plan.id };
  return runWrites(adapter, store, run, plan.writes, options);
}

function refuseOtherOrg(adapter: CrmAdapter, plan: Plan): void {
  const { crm, org } = adapter.capabilities;
  if (plan.crm === crm && plan.orgId === org.id) return;
  throw new WorkspaceError(
    'org',
    `This plan was made for ${plan.crm} ${plan.orgId}, but the connection is to ${crm} ${org.id}. Make a plan for this one.`,
  );
}

async function refuseLandslide(store: Store, plan: Plan): Promise<void> {
  if (guardBands(plan, 0) === null) return;
  let scored = 0;
  for await (const account of store.records('account')) if (account.healthBand !== null) scored += 1;
  const reason = guardBands(plan, scored);
  if (reason !== null) throw new WorkspaceError('guard', reason);
}
