import type { CrmEvent } from '@holdfast/core';

export type CallPurpose = Extract<CrmEvent, { readonly type: 'call' }>['purpose'];

/** Counts an adapter's calls by purpose; hand `log` to `connect`. */
export interface CallMeter {
  readonly log: (event: CrmEvent) => void;
  readonly calls: () => Readonly<Record<CallPurpose, number>>;
  readonly total: () => number;
  /** What the CRM last said of the day's budget. */
  readonly budget: () => { readonly used: number | null; readonly limit: number | null };
}

/** A meter at zero; each event is passed on to `next` where one is given. */
export function createCallMeter(next: (event: CrmEvent) => void = () => {}): CallMeter {
  const calls: Record<CallPurpose, number> = { connect: 0, read: 0, write: 0, schema: 0, auth: 0 };
  let budget: { readonly used: number | null; readonly limit: number | null } = { used: null, limit: null };
  return {
    log: (event) => {
      if (event.type === 'call') calls[event.purpose] += 1;
      if (event.type === 'budget') budget = { used: event.used, limit: event.limit };
      next(event);
    },
    calls: () => ({ ...calls }),
    total: () => Object.values(calls).reduce((sum, count) => sum + count, 0),
    budget: () => budget,
  };
}
