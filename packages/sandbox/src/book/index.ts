export * from './book.ts';
export { type GenerateOptions, generateBook } from './generate-book.ts';
export type * from './truth.ts';
