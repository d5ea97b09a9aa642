import type { Confidence } from '../model/types.ts';

/** Widest 90 % interval of a probability that still counts as high and as medium confidence. */
const HIGH_WIDTH = 0.15;
const MEDIUM_WIDTH = 0.3;
/** Below this share of known drivers confidence is never high. */
const HIGH_COVERAGE = 0.5;

/** How far a score may be trusted: `low` until an accuracy card has passed, then by the width of the interval and coverage. */
export function confidenceOf(proved: boolean, [low, high]: readonly [number, number], coverage: number): Confidence {
  if (!proved || high - low > MEDIUM_WIDTH) return 'low';
  return high - low <= HIGH_WIDTH && coverage >= HIGH_COVERAGE ? 'high' : 'medium';
}
