import { type FitRefusal, refuseFit } from '../fit.ts';
import { normalQuantile } from '../special/index.ts';
import { buildRiskTable } from './risk-table.ts';
import { checkSpells, type Spells } from './spells.ts';
import type { IntervalScale, SurvivalCurve } from './survival-curve.ts';

/** Choices of `fitKaplanMeier`. */
export interface KaplanMeierOptions {
  /** Coverage of the intervals, between 0 and 1; .95 by default. */
  readonly level?: number;
  /** `log` by default, as in R; `log-log` stays within 0 and 1 by itself. */
  readonly scale?: IntervalScale;
}

/**
 * The product-limit estimate of survival: S(t) = product over event times s <= t of 1 - d(s)/n(s). Rows that enter late
 * count from their entry, weights as equal rows; strata are not told apart. Without events the curve stays at 1. Refused:
 * no rows, values that are not finite or out of range. Sources: Kaplan and Meier 1958, JASA 53:457; variance Greenwood
 * 1926, var = S^2 sum d/(n (n - d)); intervals Kalbfleisch and Prentice 2002, 1.4.
 */
export function fitKaplanMeier(spells: Spells, options: KaplanMeierOptions = {}): SurvivalCurve | FitRefusal {
  const { level = 0.95, scale = 'log' } = options;
  const refusal = checkSpells(spells);
  if (refusal) return refusal;
  if (!(level > 0 && level < 1)) return refuseFit('out-of-range', `A level lies between 0 and 1, not at ${level}.`);
  const table = buildRiskTable(spells);
  return {
    fitted: true,
    rows: spells.time.length,
    level,
    scale,
    time: [...table.time],
    atRisk: [...table.atRisk],
    events: [...table.events],
    censored: [...table.censored],
    ...productLimit(table.atRisk, table.events, scale, normalQuantile((1 + level) / 2)),
  };
}

type Estimates = Pick<SurvivalCurve, 'survival' | 'standardError' | 'lower' | 'upper'>;

function productLimit(atRisk: Float64Array, events: Float64Array, scale: IntervalScale, z: number): Estimates {
  const survival: number[] = [];
  const standardError: (number | null)[] = [];
  const lower: (number | null)[] = [];
  const upper: (number | null)[] = [];
  let share = 1;
  let variance = 0; // of log(share)
  for (let s = 0; s < atRisk.length; s++) {
    const n = atRisk[s]!;
    const d = events[s]!;
    share = d < n ? share * (1 - d / n) : 0;
    if (share > 0 && d > 0) variance += d / (n * (n - d));
    const bounds = share > 0 ? intervalOf(share, Math.sqrt(variance), scale, z) : null;
    survival.push(share);
    standardError.push(share > 0 ? share * Math.sqrt(variance) : null);
    lower.push(bounds ? bounds[0] : null);
    upper.push(bounds ? bounds[1] : null);
  }
  return { survival, standardError, lower, upper };
}

/** `error`: standard error of log(share). */
function intervalOf(share: number, error: number, scale: IntervalScale, z: number): readonly [number, number] {
  if (share === 1) return [1, 1];
  if (scale === 'plain') return [Math.max(0, share * (1 - z * error)), Math.min(1, share * (1 + z * error))];
  if (scale === 'log') return [share * Math.exp(-z * error), Math.min(1, share * Math.exp(z * error))];
  const width = (z * error) / Math.log(share);
  return [share ** Math.exp(-width), share ** Math.exp(width)];
}
