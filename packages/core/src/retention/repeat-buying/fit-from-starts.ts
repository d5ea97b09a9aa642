import type { FitControl } from '../../stats/fit.ts';
import { bestStart } from '../maximum-likelihood/best-start.ts';
import { climb, type Summit } from '../maximum-likelihood/climb.ts';
import type { Target } from '../maximum-likelihood/target.ts';
import { type GroupedAccounts, groupByFrequency } from './grouped-by-frequency.ts';
import type { RepeatBuyingSummary } from './summary.ts';
import type { TimeBase } from './time-base.ts';

/** Rows that the coarse grid looks at, and rows of the fit that the whole one starts from. */
const GRID_ROWS = 400;
const SAMPLE_ROWS = 4000;

/**
 * Climbs from the best of some starts. Above 20,000 accounts an evenly spaced sample is fitted first: the whole then needs three or
 * four evaluations. The sample only moves the start.
 */
export function fitFromStarts(
  targetOf: (accounts: GroupedAccounts) => Target,
  starts: readonly (readonly number[])[],
  summary: RepeatBuyingSummary<TimeBase>,
  accounts: GroupedAccounts,
  control: FitControl,
): Summit {
  const rows = summary.frequency.length;
  let start = bestStart(targetOf(every(summary, rows / GRID_ROWS)), starts);
  if (rows > 5 * SAMPLE_ROWS) {
    const { signal } = control;
    const rough = climb(targetOf(every(summary, rows / SAMPLE_ROWS)), start, signal ? { signal } : {});
    if (rough.outcome === 'converged') start = rough.theta;
  }
  return climb(targetOf(accounts), start, control);
}

function every(summary: RepeatBuyingSummary<TimeBase>, stride: number): GroupedAccounts {
  return groupByFrequency(summary, Math.max(1, Math.floor(stride)));
}

/** The mean of a column. */
export function meanOf(values: Float64Array): number {
  return values.reduce((sum, it) => sum + it, 0) / values.length;
}
