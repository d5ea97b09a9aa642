export * from './fit.ts';
export * from './linear/index.ts';
