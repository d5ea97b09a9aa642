export type { FaultKind, FaultPlan } from './faults.ts';
export { faultsOff } from './faults-off.ts';
export { type FaultSwitch, faultsOnce } from './faults-once.ts';
export { type FaultRates, firstFault, seededFaults } from './seeded-faults.ts';
export { hashedRandom, seededRandom } from './seeded-random.ts';
