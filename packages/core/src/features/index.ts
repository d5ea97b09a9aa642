export * from './all-features.ts';
export * from './compute-facts.ts';
export type * from './facts.ts';
export type { Feature, FeatureContext } from './feature.ts';
export * from './pack-facts.ts';
export * from './rebuild-facts.ts';
