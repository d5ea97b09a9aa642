import { invertCholesky } from '../../stats/linear/index.ts';
import { clusterScores, clustersRepeat } from './cluster-scores.ts';
import type { Mode } from './find-mode.ts';
import { evaluateLikelihood, type LogisticRows, newPass } from './log-likelihood.ts';
import type { PosteriorRows } from './posterior-design.ts';

/**
 * Covariance (full, `q` x `q`) of a mode: H^-1 (prior precision + variance of the scores) H^-1, H being the curvature.
 * The middle is what held weights leave of the rows' information (square of the share that each is given); where rows
 * hang together, it is drawn to the outer products of the clusters' scores (Liang and Zeger 1986), the more so the more
 * clusters with a loss there are per column: a few cannot tell a covariance.
 */
export function modeCovariance(rows: LogisticRows, given: PosteriorRows, mode: Mode): Float64Array {
  const { q } = rows;
  const inverse = invertCholesky(mode.factor, q);
  const middle = scoreVariance(rows, given, mode);
  const difference = new Float64Array(q * q);
  for (let j = 0; j < q; j++) {
    for (let k = 0; k <= j; k++) {
      const entry = middle[j * q + k]! - mode.information[j * q + k]!;
      difference[j * q + k] = entry;
      difference[k * q + j] = entry;
    }
  }
  const correction = multiply(multiply(inverse, difference, q), inverse, q);
  return inverse.map((it, k) => it + correction[k]!);
}

/** Lower triangle of the variance of the summed scores. */
function scoreVariance(rows: LogisticRows, given: PosteriorRows, mode: Mode): Float64Array {
  const squared = rows.weight.map((it, i) => (given.weight[i]! > 0 ? it ** 2 / given.weight[i]! : 0));
  const pass = newPass(rows.q);
  evaluateLikelihood({ ...rows, weight: squared }, mode.theta, pass, true);
  if (!clustersRepeat(given.cluster)) return pass.hessian;
  const { outer, clusters, withLoss } = clusterScores(rows, given.cluster, mode.theta);
  const trust = clusters > 1 ? withLoss / (withLoss + rows.q) : 0;
  const factor = trust * (clusters / Math.max(1, clusters - 1));
  return pass.hessian.map((it, k) => (1 - trust) * it + factor * outer[k]!);
}

function multiply(a: Float64Array, b: Float64Array, q: number): Float64Array {
  const out = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    for (let k = 0; k < q; k++) {
      const left = a[i * q + k]!;
      if (left === 0) continue;
      for (let j = 0; j < q; j++) out[i * q + j] = out[i * q + j]! + left * b[k * q + j]!;
    }
  }
  return out;
}
