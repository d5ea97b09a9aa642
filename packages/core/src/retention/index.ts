export * from './bands.ts';
export * from './contribution.ts';
export * from './log-odds.ts';
export * from './main-reason.ts';
export { inUnit } from './reasons-text.ts';
export type * from './risk-score.ts';
export * from './score-risk.ts';
export type * from './scorecard.ts';
export * from './scorecards.ts';
