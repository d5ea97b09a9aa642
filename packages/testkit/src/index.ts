export * from './builders/records.ts';
export { adapterConformance } from './conformance/adapter-conformance.ts';
export type { ConformanceCase } from './conformance/case.ts';
export { CASE_IDS, type CaseId } from './conformance/case-ids.ts';
export type {
  ConformanceHarness,
  ConformanceWorld,
  EnteredRecord,
  FaultKind,
  Need,
  RelationEntity,
} from './conformance/harness.ts';
export type { MemoryEdits } from './memory-crm/edits.ts';
export { createMemoryCrm, type MemoryCrm } from './memory-crm/memory-crm.ts';
export type { MemoryCrmOptions } from './memory-crm/options.ts';
export { createTestClock, TEST_START, type TestClock } from './test-clock.ts';
