/** How the interval of a survival share is built: on the share itself, on its logarithm, or on log(-log(share)). */
export type IntervalScale = 'plain' | 'log' | 'log-log';

/** A step function of survival with its interval: one entry per distinct time, ascending; holds from that time on. */
export interface SurvivalCurve {
  readonly fitted: true;
  readonly rows: number;
  /** Probability that an interval covers its share, such as .95. */
  readonly level: number;
  readonly scale: IntervalScale;
  readonly time: readonly number[];
  readonly atRisk: readonly number[];
  readonly events: readonly number[];
  readonly censored: readonly number[];
  /** Share still there after `time`, 0 to 1. */
  readonly survival: readonly number[];
  /** Greenwood's, of the share; null once the share is 0, where the formula has no value. */
  readonly standardError: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/** Survival at one time. */
export interface SurvivalAt {
  readonly survival: number;
  readonly standardError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Survival at `time` (the step at or before it; 1 before the first). After the last time the last step is held. */
export function survivalAt(curve: SurvivalCurve, time: number): SurvivalAt {
  const step = lastStepAt(curve.time, time);
  if (step < 0) return { survival: 1, standardError: 0, lower: 1, upper: 1 };
  return {
    survival: curve.survival[step]!,
    standardError: curve.standardError[step]!,
    lower: curve.lower[step]!,
    upper: curve.upper[step]!,
  };
}

/** The last index of ascending `times` that is not after `time`, or -1. */
export function lastStepAt(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
