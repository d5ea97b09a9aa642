export { type BookMail, bookOfIntroductions } from './book-of-introductions.ts';
export type { Kept } from './cast.ts';
export { generateIntroductions, type IntroductionOptions } from './generate-introductions.ts';
export type * from './introduction-book.ts';
export { DECOY_SHARES, SHARES as INTRODUCTION_SHARES } from './introduction-shares.ts';
