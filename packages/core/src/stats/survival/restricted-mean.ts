import { type FitRefusal, refuseFit } from '../fit.ts';
import type { SurvivalCurve } from './survival-curve.ts';

/** Mean time before the event within a horizon. */
export interface RestrictedMean {
  readonly fitted: true;
  readonly mean: number;
  readonly standardError: number;
}

/**
 * The area under the curve from 0 to `horizon`: mean time without the event when the watch ends at `horizon`, in the
 * curve's unit. Refused where the curve does not reach the horizon and is above 0. Variance: sum over event times of
 * (area from there to the horizon)^2 d/(n (n - d)). Source: Klein and Moeschberger 2003, Survival Analysis, 4.5.
 */
export function restrictedMean(curve: SurvivalCurve, horizon: number): RestrictedMean | FitRefusal {
  const { time, survival, events, atRisk } = curve;
  const last = time.length - 1;
  if (!(horizon > 0) || (survival[last]! > 0 && horizon > time[last]!))
    return refuseFit(
      'out-of-range',
      `The curve is known from 0 to ${time[last]}: choose a horizon within, not ${horizon}.`,
    );
  let area = 0; // from the step to the horizon
  let variance = 0;
  let end = horizon;
  for (let step = last; step >= 0; step--) {
    if (time[step]! >= horizon) continue;
    const start = Math.max(0, time[step]!);
    area += survival[step]! * (end - start);
    end = start;
    const n = atRisk[step]!;
    const d = events[step]!;
    if (d > 0 && d < n) variance += (area * area * d) / (n * (n - d));
  }
  return { fitted: true, mean: area + end, standardError: Math.sqrt(variance) };
}
