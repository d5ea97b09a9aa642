import type { FaultPlan } from './faults.ts';

/** A plan under which nothing goes wrong. */
export const faultsOff: FaultPlan = { next: () => undefined };
