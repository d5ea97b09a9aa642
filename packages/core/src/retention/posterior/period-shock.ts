import { dayFromNumber } from '../../model/dates.ts';
import { choleskyInPlace, solveCholesky } from '../../stats/linear/index.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import type { FittedPosterior } from './fit-posterior.ts';
import { addSquare } from './log-likelihood.ts';

/** How wide the prior is that the rows were fitted with, in log-odds: of the base and of the points per swing. */
export interface PriorWidths {
  readonly baseWidth: number;
  readonly pointsWidth: number;
}

/** What months that differ do to a fit. */
export interface PeriodShock {
  /** Variance, in squared log-odds, of the shock that all decisions of a month share. */
  readonly variance: number;
  /** What such shocks in the past add to the posterior's covariance (full, its size and order). */
  readonly covariance: Float64Array;
}

/** Standard deviations that are weighed. Three books in eight are given months that are all alike, the others a half-normal. */
const GRID = Array.from({ length: 121 }, (_, k) => k / 100);
const ALIKE = 3 / 8;
const PRIOR_WIDTH = 0.5;

/**
 * The shock that all decisions of a month share (rule 10): the posterior mean of its variance, given what each month lost
 * beyond the fit. The weights, their prior loose, have followed the months as far as they can (one Newton step); what is
 * left of the months is the Schur complement of the weights, `P = D - C'H^-1 C`, and the likelihood of a standard deviation s is, but for a constant, `-log|I + s^2 P| / 2 +
 * s^2 g'(I + s^2 P)^-1 g / 2`, g being the months' surplus. `null` with fewer than two months. Source: Breslow and
 * Clayton 1993, JASA 88:9 (penalised quasi-likelihood).
 */
export function periodShock(rows: DecisionRows, posterior: FittedPosterior, prior: PriorWidths): PeriodShock | null {
  const { surplus, reach, pull, score, curvature, size } = monthSums(rows, posterior, prior);
  if (reach.length < 2 || !choleskyInPlace(curvature, size)) return null;
  const moves = pull.map((it) => {
    const move = it.slice();
    solveCholesky(curvature, size, move);
    return move;
  });
  const left = Float64Array.from({ length: reach.length ** 2 }, (_, at) => {
    const [a, b] = [Math.floor(at / reach.length), at % reach.length];
    return (a === b ? reach[a]! : 0) - dot(pull[a]!, moves[b]!);
  });
  solveCholesky(curvature, size, score);
  const unfollowed = surplus.map((it, m) => it - dot(pull[m]!, score));
  const variance = meanVariance(left, unfollowed);
  const covariance = new Float64Array(size * size);
  for (const move of moves) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++)
        covariance[j * size + k] = covariance[j * size + k]! + variance * move[j]! * move[k]!;
    }
  }
  return { variance, covariance };
}

function meanVariance(left: Float64Array, surplus: readonly number[]): number {
  const logs = GRID.map((sd, k) => {
    const slab = ((1 - ALIKE) * 2 * (GRID[1]! / PRIOR_WIDTH)) / Math.sqrt(2 * Math.PI);
    const before = k === 0 ? Math.log(ALIKE) : Math.log(slab) - 0.5 * (sd / PRIOR_WIDTH) ** 2;
    return before + logLikelihood(sd ** 2, left, surplus);
  });
  const most = Math.max(...logs);
  const densities = logs.map((it) => Math.exp(it - most));
  const mass = densities.reduce((sum, it) => sum + it, 0);
  return GRID.reduce((sum, sd, k) => sum + densities[k]! * sd ** 2, 0) / mass;
}

function logLikelihood(variance: number, left: Float64Array, surplus: readonly number[]): number {
  const months = surplus.length;
  const spread = left.map((it, at) => variance * it + (at % (months + 1) === 0 ? 1 : 0));
  if (!choleskyInPlace(spread, months)) return Number.NEGATIVE_INFINITY;
  const solved = Float64Array.from(surplus);
  solveCholesky(spread, months, solved);
  let log = 0;
  for (let m = 0; m < months; m++) {
    log += (variance * surplus[m]! * solved[m]!) / 2 - Math.log(spread[m * (months + 1)]!);
  }
  return log;
}

/** Per month: losses beyond the fit, information, and its pull on every weight; score and curvature of the whole fit. */
function monthSums(rows: DecisionRows, posterior: FittedPosterior, prior: PriorWidths) {
  const p = rows.drivers.length;
  const size = 1 + 2 * p;
  const curvature = new Float64Array(size * size);
  for (let j = 0; j < size; j++) curvature[j * size + j] = 1 / (j === 0 ? prior.baseWidth : prior.pointsWidth) ** 2;
  const score = new Float64Array(size);
  const months = new Map<string, { surplus: number; reach: number; pull: Float64Array }>();
  const row = new Float64Array(size);
  const at = new Int32Array(size);
  for (let i = 0; i < rows.count; i++) {
    layOut(row, rows, i);
    const chance = chanceOf(posterior, row, rows.treated[i]!);
    const share = rows.weight[i]! * chance * (1 - chance);
    addSquare(curvature, row, 0, size, share, at);
    const key = dayFromNumber(rows.decidesDay[i]!).slice(0, 7);
    const month = months.get(key) ?? { surplus: 0, reach: 0, pull: new Float64Array(size) };
    const surplus = rows.weight[i]! * (rows.lost[i]! - chance);
    month.surplus += surplus;
    month.reach += share;
    for (let j = 0; j < size; j++) {
      month.pull[j] = month.pull[j]! + share * row[j]!;
      score[j] = score[j]! + surplus * row[j]!;
    }
    months.set(key, month);
  }
  const all = [...months.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
  return {
    surplus: all.map((it) => it.surplus),
    reach: all.map((it) => it.reach),
    pull: all.map((it) => it.pull),
    ...{ score, curvature, size },
  };
}

/** One row in the covariance's order: 1, every known swing, a 1 for every missing one. */
function layOut(row: Float64Array, rows: DecisionRows, i: number): void {
  const p = rows.drivers.length;
  row.fill(0);
  row[0] = 1;
  for (let j = 0; j < p; j++) {
    const value = rows.swings[i * p + j]!;
    if (Number.isNaN(value)) row[1 + p + j] = 1;
    else row[1 + j] = value;
  }
}

function chanceOf(posterior: FittedPosterior, row: Float64Array, treated: number): number {
  const p = posterior.weights.length;
  let eta = posterior.intercept + posterior.treatment * treated;
  for (let j = 0; j < p; j++) eta += posterior.weights[j]! * row[1 + j]! + posterior.missing[j]! * row[1 + p + j]!;
  return 1 / (1 + Math.exp(-eta));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, it, j) => sum + it * b[j]!, 0);
}
