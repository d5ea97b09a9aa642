export { generateIntroductions, type IntroductionOptions } from './generate-introductions.ts';
export type * from './introduction-book.ts';
export { DECOY_SHARES, SHARES } from './introduction-shares.ts';
