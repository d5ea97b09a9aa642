export { feedRows } from './feed-rows.ts';
export * from './score-book.ts';
