export * from './backtest/index.ts';
export * from './bands.ts';
export * from './challenger/index.ts';
export * from './contract-cohorts/index.ts';
export * from './contribution.ts';
export * from './evidence-text.ts';
export * from './last-card.ts';
export * from './log-odds.ts';
export * from './main-reason.ts';
export * from './movement/age-facts.ts';
export * from './movement/movement-since.ts';
export {
  type InputMove,
  type MovementSide,
  type ScoreMovement,
  splitMovement,
  type WeighedFacts,
  type WeighingModel,
} from './movement/split-movement.ts';
export * from './movement/weighing-model.ts';
export type * from './outcomes/decision.ts';
export * from './outcomes/left-out.ts';
export * from './outcomes/losses-missing.ts';
export * from './outcomes/outcome-settings.ts';
export * from './outcomes/read-decisions.ts';
export * from './posterior/book-loss.ts';
export * from './posterior/check-points.ts';
export * from './posterior/fit-contraction.ts';
export * from './posterior/fit-posterior.ts';
export * from './posterior/fit-retention.ts';
export type * from './posterior/fitted-retention.ts';
export * from './posterior/points-model.ts';
export * from './posterior/predict-risk.ts';
export * from './presets/index.ts';
export { inUnit } from './reasons-text.ts';
export * from './repeat-buying/index.ts';
export type * from './risk-score.ts';
export * from './score-risk.ts';
export type * from './scorecard.ts';
export * from './scorecards.ts';
export type * from './training/coverage.ts';
export * from './training/cutoff-of.ts';
export type * from './training/decision-rows.ts';
export * from './training/open-decision-collection.ts';
export * from './training/open-decision-rows.ts';
export type { GoneFromBook } from './training/open-tally.ts';
export * from './value/index.ts';
export { ASSUMED_BELOW } from './weigh-drivers.ts';
