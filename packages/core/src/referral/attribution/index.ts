export * from './conflict-table.ts';
export * from './decide.ts';
export * from './decide-programs.ts';
export {
  applyDecision,
  type DecisionHistory,
  lockDecision,
  type RecordedDecision,
  recordDecision,
} from './decision-history.ts';
export * from './dispute.ts';
export type { WonOpportunity } from './judge-candidate.ts';
export * from './merge-claims.ts';
export { type Override, overrideDecision, type WantedShares } from './override-decision.ts';
export * from './roll-up.ts';
export * from './share-out.ts';
