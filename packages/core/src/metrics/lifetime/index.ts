export * from './lifetime-value.ts';
