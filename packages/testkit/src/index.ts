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
