export * from './dates.ts';
export * from './entities.ts';
export * from './ids.ts';
export * from './money.ts';
export * from './profile.ts';
export type * from './types.ts';
export * from './values.ts';
