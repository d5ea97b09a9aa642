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
/** Logarithms beyond this are on their way to a limit. */
const FAR = 4;
/** By this much a value is higher and not only rounded otherwise. */
const LEAD = 1e-4;
const HIGHEST = [MOST_SHAPE, MOST_SCALE, MOST_SHAPE, MOST_SCALE];
/** alpha of the order rate, in mean ages. */
const ALPHAS = [0.03, 0.1, 0.4, 2];

/**
 * Climbs from the best of some starts: r and alpha on a grid, the two parameters of drop-out from `dropOuts`. Above
 * 20,000 accounts an evenly spaced sample is fitted first: the whole then needs three or four evaluations. The sample
 * only moves the start.
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
    const rough = climb(targetOf(every(rows / SAMPLE_ROWS)), start, HIGHEST, signalOnly(control));
    if (rough.outcome === 'converged') start = rough.theta;
  }
  const target = targetOf(accounts);
  const summit = climb(target, start, HIGHEST, control);
  return summit.theta.slice(2).some((it) => Math.abs(it) > FAR)
    ? highestOf(summit, dropOuts, (from) => climb(target, from, HIGHEST, signalOnly(control)))
    : summit;
}

/** A drop-out that runs to a limit is believed only when no other start finds a higher place. */
function highestOf(
  first: Summit,
  dropOuts: readonly (readonly [number, number])[],
  climbFrom: (start: Float64Array) => Summit,
): Summit {
  let best = first;
  for (const dropOut of dropOuts) {
    if (best.outcome === 'cancelled') return best;
    const summit = climbFrom(Float64Array.of(...first.theta.slice(0, 2), ...dropOut.map(Math.log)));
    if (summit.outcome === 'cancelled' || (summit.outcome === 'converged' && summit.value > best.value + LEAD))
      best = summit;
  }
  return best;
}

/** A fit inside a fit can be cancelled too, but tells no progress of its own. */
export function signalOnly({ signal }: FitControl): FitControl {
  return signal ? { signal } : {};
}

/** The mean of a column. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
