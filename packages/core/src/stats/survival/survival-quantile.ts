import type { SurvivalCurve } from './survival-curve.ts';

/** A time by which a share has gone, with its interval; null where the curve or its bound never falls so far. */
export interface SurvivalQuantile {
  readonly time: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * The time by which `gone` of the subjects (0 to 1; .5: the median) had the event: the first time at which survival is at
 * most 1 - `gone`, and where the curve runs flat at exactly that share the middle of the flat piece. The interval inverts
 * the curve's own bounds. Source: Brookmeyer and Crowley 1982, Biometrics 38:29.
 */
export function survivalQuantile(curve: SurvivalCurve, gone = 0.5): SurvivalQuantile {
  const left = 1 - gone;
  return {
    time: crossing(curve.time, curve.survival, left),
    lower: crossing(curve.time, curve.lower, left),
    upper: crossing(curve.time, curve.upper, left),
  };
}

/** Where a falling step function first comes down to `level`; null when it never does. Steps within 1e-9 count as level. */
export function crossing(times: readonly number[], values: readonly (number | null)[], level: number): number | null {
  const first = values.findIndex((value) => value !== null && value <= level + 1e-9);
  if (first < 0) return null;
  if (values[first]! < level - 1e-9) return times[first]!;
  const below = values.findIndex((value, step) => step > first && (value === null || value < level - 1e-9));
  return below < 0 ? times[first]! : (times[first]! + times[below]!) / 2;
}
