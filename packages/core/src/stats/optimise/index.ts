export * from './minimise.ts';
