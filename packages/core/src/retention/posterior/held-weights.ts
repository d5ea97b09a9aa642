import { choleskyInPlace, invertCholesky } from '../../stats/linear/index.ts';
import { addSquare, nonZeros } from './log-likelihood.ts';
import { addPrior, type PointsPrior, priorCentre } from './points-prior.ts';
import type { PosteriorDesign } from './posterior-design.ts';

/**
 * How strongly an outcome is held back; see `heldWeights`. Holding more makes small books doubt what they have seen and
 * slower to find wrong points; holding less lets single outcomes move accounts by over 10 points (at 12 they do).
 */
const HOLD = 24;

/** `rate (1 - rate)` times the rows' weighted squares: what they could tell of every coordinate, wherever the mode lies. */
export function plainInformation(design: PosteriorDesign, weight: Float64Array, losses: number): Float64Array {
  const { n, q, z, total } = design;
  const rate = (losses + 1) / (total + 4);
  const information = new Float64Array(q * q);
  const at = new Int32Array(q);
  for (let i = 0; i < n; i++) addSquare(information, z, i * q, q, rate * (1 - rate) * weight[i]!, at);
  return information;
}

/**
 * The weight that each outcome is given under a prior: its own over `1 + HOLD * leverage`, leverage being the variance of
 * the row's log-odds that the prior and the rows' positions leave. An outcome of a kind that has hardly been seen would
 * otherwise move accounts like it by 20 to 60 points by itself (the prior's widths allow it); it gets its full say as
 * outcomes of its kind come in. The weights look at where rows lie and at the loss rate, never at a row's own outcome,
 * so they bias nothing (Mallows weights: Carroll and Pederson 1993, JRSS B 55:693).
 */
export function heldWeights(
  design: PosteriorDesign,
  weight: Float64Array,
  information: Float64Array,
  prior: PointsPrior,
): Float64Array {
  const { q, z } = design;
  const precision = Float64Array.from(information);
  addPrior(prior, priorCentre(prior), new Float64Array(q), precision);
  choleskyInPlace(precision, q);
  const variance = invertCholesky(precision, q);
  const at = new Int32Array(q);
  return weight.map((it, i) => it / (1 + HOLD * quadratic(variance, z, i * q, q, at)));
}

function quadratic(full: Float64Array, z: Float64Array, row: number, q: number, at: Int32Array): number {
  const count = nonZeros(z, row, q, at);
  let sum = 0;
  for (let a = 0; a < count; a++) {
    const j = at[a]!;
    const left = z[row + j]!;
    const base = j * q;
    let line = 0;
    for (let b = 0; b < a; b++) line += full[base + at[b]!]! * z[row + at[b]!]!;
    sum += left * (2 * line + left * full[base + j]!);
  }
  return sum;
}
