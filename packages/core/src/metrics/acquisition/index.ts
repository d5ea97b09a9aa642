export * from './acquisition.ts';
