export * from './cholesky.ts';
export * from './fit-logistic.ts';
export type * from './gaussian-prior.ts';
export type * from './logistic-rows.ts';
export * from './standardise.ts';
