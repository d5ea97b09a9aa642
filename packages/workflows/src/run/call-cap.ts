import type { CrmAdapter } from '@holdfast/core';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import type { CallMeter } from './call-meter.ts';

/** The share of the CRM's daily budget that we may use: in one run, and of all that anyone has used today. */
export interface CapShares {
  readonly perRun: number;
  readonly total: number;
}

export const CAP_SHARES: CapShares = { perRun: 0.25, total: 0.8 };

/** Answers why no further call may be made, or `null`. */
export type CallCap = () => string | null;

/**
 * Watches a run's calls against the CRM's daily budget, from the CRM's own figures. Other programs use the same budget,
 * so the total counts what the CRM says was used, not what we did. No cap where the CRM states no limit.
 */
export function createCallCap(
  adapter: CrmAdapter,
  meter: CallMeter | undefined,
  shares: CapShares = CAP_SHARES,
): CallCap {
  const atStart = meter?.total() ?? 0;
  return () => {
    const stated = meter?.budget() ?? { used: null, limit: null };
    const limit = stated.limit ?? adapter.capabilities.budget.limit;
    if (limit === null) return null;
    const byUs = (meter?.total() ?? 0) - atStart;
    const used = stated.used ?? (adapter.capabilities.budget.used ?? 0) + byUs;
    if (byUs >= limit * shares.perRun) return capSentence(`${byUs} calls in this run`, shares.perRun, limit);
    if (used >= limit * shares.total) return capSentence(`${used} calls used today`, shares.total, limit);
    return null;
  };
}

/** Throws `WorkspaceError` `guard` when the cap is reached. */
export function assertUnderCap(cap: CallCap): void {
  const reason = cap();
  if (reason !== null) throw new WorkspaceError('guard', reason);
}

function capSentence(what: string, share: number, limit: number): string {
  const percent = Math.round(share * 100);
  return `${what}: the cap of ${percent} % of the CRM's ${limit} a day is reached. Run again tomorrow, or raise the cap.`;
}
