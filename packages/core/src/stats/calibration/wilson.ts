import { normalQuantile } from '../special/index.ts';

/** An interval for an unknown number, ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The interval for a share when `successes` of `count` trials succeeded (neither need be whole); 0 to 1 when there is no trial.
 *
 * Source: Wilson 1927, JASA 22:209 (the score interval without continuity correction).
 *
 * @example wilson(0, 10) // { low: 0, high: 0.278 }
 */
export function wilson(successes: number, count: number, level = 0.95): Interval {
  if (!(count > 0)) return { low: 0, high: 1 };
  const z = normalQuantile((1 + level) / 2);
  const share = successes / count;
  const shrink = 1 + (z * z) / count;
  const middle = (share + (z * z) / (2 * count)) / shrink;
  const half = (z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))) / shrink;
  return {
    low: successes <= 0 ? 0 : Math.max(0, middle - half),
    high: successes >= count ? 1 : Math.min(1, middle + half),
  };
}
