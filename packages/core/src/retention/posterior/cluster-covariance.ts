import type { LogisticRows } from './log-likelihood.ts';

/** Whether any two rows hang together. */
export function clustersRepeat(cluster: Int32Array): boolean {
  return new Set(cluster).size < cluster.length;
}

/**
 * The information of the rows (`q` x `q`, lower triangle, as `information`) corrected for rows that hang together: the
 * outer products of the clusters' summed scores (Liang and Zeger 1986, with the factor G / (G - 1)), drawn towards the
 * independent form while fewer clusters have a loss than there are columns: a few clusters cannot tell a covariance.
 */
export function clusterInformation(
  rows: LogisticRows,
  cluster: Int32Array,
  theta: Float64Array,
  information: Float64Array,
  share: number,
): Float64Array {
  const { q } = rows;
  const scores = clusterScores(rows, cluster, theta);
  const outer = new Float64Array(q * q);
  let withLoss = 0;
  for (const { score, lost } of scores) {
    if (lost) withLoss++;
    for (let j = 0; j < q; j++) {
      if (score[j] === 0) continue;
      for (let k = 0; k <= j; k++) outer[j * q + k] = outer[j * q + k]! + score[j]! * score[k]!;
    }
  }
  const trust = scores.length > 1 ? withLoss / (withLoss + q) : 0;
  const factor = trust * share * (scores.length / Math.max(1, scores.length - 1));
  return information.map((it, k) => (1 - trust) * it + factor * outer[k]!);
}

function clusterScores(rows: LogisticRows, cluster: Int32Array, theta: Float64Array) {
  const { n, q, z, lost, weight } = rows;
  const byCluster = new Map<number, { score: Float64Array; lost: boolean }>();
  for (let i = 0; i < n; i++) {
    let eta = 0;
    for (let j = 0; j < q; j++) eta += z[i * q + j]! * theta[j]!;
    const residual = weight[i]! * (lost[i]! - 1 / (1 + Math.exp(-eta)));
    let entry = byCluster.get(cluster[i]!);
    if (!entry) {
      entry = { score: new Float64Array(q), lost: false };
      byCluster.set(cluster[i]!, entry);
    }
    if (lost[i] === 1) entry.lost = true;
    for (let j = 0; j < q; j++) entry.score[j] = entry.score[j]! + residual * z[i * q + j]!;
  }
  return [...byCluster.values()];
}
