import type { DecisionRows } from '../training/decision-rows.ts';
import type { FittedPosterior } from './fit-posterior.ts';

const DAYS_PER_PERIOD = 30.4375;
/** Standard deviations of the shared shock that are weighed, in log-odds; a half-normal prior of this width on it. */
const GRID = Array.from({ length: 61 }, (_, k) => k / 50);
const PRIOR_WIDTH = 0.3;

/**
 * Variance of the book's log-odds from month to month (rule 10): the posterior mean, over a grid, of a shock that all
 * decisions of a month share. A month with W = sum p (1 - p) has its losses spread by W + variance W^2 about what the
 * fit expects. `null` with fewer than two months.
 */
export function periodVariance(rows: DecisionRows, posterior: FittedPosterior): number | null {
  const months = monthSums(rows, posterior);
  if (months.length < 2) return null;
  const logs = GRID.map((sd) => {
    let log = -0.5 * (sd / PRIOR_WIDTH) ** 2;
    for (const { gap, noise, reach } of months) {
      const variance = noise + sd ** 2 * reach ** 2;
      log -= 0.5 * (Math.log(variance) + gap ** 2 / variance);
    }
    return log;
  });
  const most = Math.max(...logs);
  let mass = 0;
  let sum = 0;
  GRID.forEach((sd, k) => {
    const density = Math.exp(logs[k]! - most);
    mass += density;
    sum += density * sd ** 2;
  });
  return sum / mass;
}

function monthSums(rows: DecisionRows, posterior: FittedPosterior) {
  const p = rows.drivers.length;
  const months = new Map<number, { gap: number; noise: number; reach: number }>();
  for (let i = 0; i < rows.count; i++) {
    let eta = posterior.intercept + posterior.treatment * rows.treated[i]!;
    for (let j = 0; j < p; j++) {
      const value = rows.swings[i * p + j]!;
      eta += Number.isNaN(value) ? posterior.missing[j]! : posterior.weights[j]! * value;
    }
    const chance = 1 / (1 + Math.exp(-eta));
    const weight = rows.weight[i]!;
    const key = Math.floor(rows.decidesDay[i]! / DAYS_PER_PERIOD);
    const month = months.get(key) ?? { gap: 0, noise: 0, reach: 0 };
    month.gap += weight * (rows.lost[i]! - chance);
    month.noise += weight * weight * chance * (1 - chance);
    month.reach += weight * chance * (1 - chance);
    months.set(key, month);
  }
  return [...months.keys()]
    .sort((a, b) => a - b)
    .map((key) => months.get(key)!)
    .filter((it) => it.noise > 0);
}
