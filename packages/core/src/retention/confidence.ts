import type { Confidence } from '../model/types.ts';
import { strongestRise } from './main-reason.ts';
import type { Driver } from './risk-score.ts';

/** Widest 90 % interval of a probability that still counts as high and as medium confidence. */
const HIGH_WIDTH = 0.15;
const MEDIUM_WIDTH = 0.3;
/** Below this share of known drivers confidence is never high. */
const HIGH_COVERAGE = 0.5;

/**
 * How far a score may be trusted: `low` until an accuracy card has passed, then by the width of the interval and coverage.
 * A card speaks of drivers that outcomes knew: where the leading one is assumed, confidence is never `high`.
 */
export function confidenceOf(
  proved: boolean,
  [low, high]: readonly [number, number],
  coverage: number,
  drivers: readonly Pick<Driver, 'logOdds' | 'assumed'>[] = [],
): Confidence {
  if (!proved || high - low > MEDIUM_WIDTH) return 'low';
  if (high - low > HIGH_WIDTH || coverage < HIGH_COVERAGE || leadIsAssumed(drivers)) return 'medium';
  return 'high';
}

/** The strongest driver, or the one that is named as the main reason. Drivers come strongest first. */
function leadIsAssumed(drivers: readonly Pick<Driver, 'logOdds' | 'assumed'>[]): boolean {
  return drivers[0]?.assumed === true || strongestRise(drivers)?.assumed === true;
}
