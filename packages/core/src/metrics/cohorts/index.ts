export * from './cohort-retention.ts';
export * from './mean-tenure.ts';
