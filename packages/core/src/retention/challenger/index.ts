export type * from './challenger.ts';
export * from './fit-challenger.ts';
export * from './predict-challenger.ts';
