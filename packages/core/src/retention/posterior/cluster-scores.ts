import type { LogisticRows } from './log-likelihood.ts';

/** Whether any two rows hang together. */
export function clustersRepeat(cluster: Int32Array): boolean {
  return new Set(cluster).size < cluster.length;
}

/** Sum over clusters of the outer product of each cluster's summed score at `theta` (lower triangle, `q` x `q`). */
export function clusterScores(rows: LogisticRows, cluster: Int32Array, theta: Float64Array) {
  const { n, q, z, lost, weight } = rows;
  const index = new Map<number, number>();
  for (const it of cluster) if (!index.has(it)) index.set(it, index.size);
  const scores = new Float64Array(index.size * q);
  const losses = new Uint8Array(index.size);
  for (let i = 0; i < n; i++) {
    let eta = 0;
    for (let j = 0; j < q; j++) eta += z[i * q + j]! * theta[j]!;
    const residual = weight[i]! * (lost[i]! - 1 / (1 + Math.exp(-eta)));
    const at = index.get(cluster[i]!)!;
    if (lost[i] === 1) losses[at] = 1;
    for (let j = 0; j < q; j++) scores[at * q + j] = scores[at * q + j]! + residual * z[i * q + j]!;
  }
  const outer = new Float64Array(q * q);
  for (let c = 0; c < index.size; c++) {
    for (let j = 0; j < q; j++) {
      const left = scores[c * q + j]!;
      if (left === 0) continue;
      for (let k = 0; k <= j; k++) outer[j * q + k] = outer[j * q + k]! + left * scores[c * q + k]!;
    }
  }
  return { outer, clusters: index.size, withLoss: losses.reduce((sum, it) => sum + it, 0) };
}
