export * from './compare-referred.ts';
export * from './count-funnel.ts';
export * from './k-factor.ts';
export * from './layout-graph.ts';
export type { MeanDifference } from './mean-difference.ts';
export * from './program-return.ts';
export * from './referral-value.ts';
