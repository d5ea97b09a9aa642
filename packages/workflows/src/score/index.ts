export * from './score-book.ts';
