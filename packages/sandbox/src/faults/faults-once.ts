import type { FaultKind, FaultPlan } from './faults.ts';

/** One fault that a test switches on. All conditions given must hold; `nth` counts the requests that match them, from 1. */
export interface FaultSwitch {
  readonly kind: FaultKind;
  readonly method?: string;
  /** A part of the path, or a pattern for it. */
  readonly path?: string | RegExp;
  /** Which matching request suffers; 1 when left out. */
  readonly nth?: number;
  /** How many matching requests in a row suffer; 1 when left out. */
  readonly times?: number;
}

/** A plan in which each switch fires for exactly the requests that it names; the first switch that fires wins. */
export function faultsOnce(switches: readonly FaultSwitch[]): FaultPlan {
  const seen = switches.map(() => 0);
  return {
    next(request) {
      let fired: FaultKind | undefined;
      switches.forEach((one, index) => {
        if (!matches(one, request.method, request.path)) return;
        seen[index] = (seen[index] ?? 0) + 1;
        const first = one.nth ?? 1;
        const count = seen[index] ?? 0;
        if (count >= first && count < first + (one.times ?? 1)) fired ??= one.kind;
      });
      return fired;
    },
  };
}

function matches(one: FaultSwitch, method: string, path: string): boolean {
  if (one.method !== undefined && one.method !== method) return false;
  if (one.path === undefined) return true;
  return typeof one.path === 'string' ? path.includes(one.path) : one.path.test(path);
}
