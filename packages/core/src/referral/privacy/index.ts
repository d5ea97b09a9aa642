export * from './due-for-deletion.ts';
export * from './erase-party.ts';
export type { JournalFacts } from './journal-facts.ts';
export * from './payee-vault.ts';
export * from './privacy-policy.ts';
export * from './prospect-notice.ts';
export type { Rewriting } from './rewrite-events.ts';
export { textScrubber } from './scrub-text.ts';
export * from './tombstone.ts';
