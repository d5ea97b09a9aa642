import type { FitControl } from '../../stats/fit.ts';
import { bestStart } from '../maximum-likelihood/best-start.ts';
import { climb, MOST_SCALE, MOST_SHAPE, type Summit } from '../maximum-likelihood/climb.ts';
import type { Target } from '../maximum-likelihood/target.ts';
import { type GroupedAccounts, groupByFrequency } from './grouped-by-frequency.ts';
import type { RepeatBuyingSummary } from './summary.ts';
import type { TimeBase } from './time-base.ts';

/** Rows that the coarse grid looks at, and rows of the fit that the whole one starts from. */
const GRID_ROWS = 400;
const SAMPLE_ROWS = 4000;
const HIGHEST = [MOST_SHAPE, MOST_SCALE, MOST_SHAPE, MOST_SCALE];
/** alpha of the order rate, in mean ages. */
const ALPHAS = [0.03, 0.1, 0.4, 2];

/**
 * Climbs from the best of some starts: r and alpha on a grid, the two parameters of drop-out from `dropOuts`. Above 20,000
 * accounts an evenly spaced sample is fitted first: the whole then needs three or four evaluations. The sample only moves the start.
 */
export function fitFromStarts(
  targetOf: (accounts: GroupedAccounts) => Target,
  dropOuts: readonly (readonly [number, number])[],
  summary: RepeatBuyingSummary<TimeBase>,
  accounts: GroupedAccounts,
  control: FitControl,
): Summit {
  const rows = summary.frequency.length;
  const every = (stride: number) => groupByFrequency(summary, accounts.scale, Math.max(1, Math.floor(stride)));
  const orders = 1.5 * meanOf(summary.frequency);
  const starts = ALPHAS.flatMap((alpha) => dropOuts.map((dropOut) => [orders * alpha, alpha, ...dropOut]));
  let start = bestStart(targetOf(every(rows / GRID_ROWS)), starts);
  if (rows > 5 * SAMPLE_ROWS) {
    const { signal } = control;
    const rough = climb(targetOf(every(rows / SAMPLE_ROWS)), start, HIGHEST, signal ? { signal } : {});
    if (rough.outcome === 'converged') start = rough.theta;
  }
  return climb(targetOf(accounts), start, HIGHEST, control);
}

/** The mean of a column. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
