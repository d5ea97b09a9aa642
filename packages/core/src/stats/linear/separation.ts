import { writeLogOdds } from './block-products.ts';
import { choleskyInPlace } from './cholesky.ts';
import type { GaussianPrior } from './gaussian-prior.ts';
import { logisticPass } from './logistic-pass.ts';
import type { LogisticRows } from './logistic-rows.ts';

const BLOCK = 256;
const TOLERANCE = 1e-6;

/**
 * Whether going along `direction` (intercept first) for ever makes no row's outcome less likely and some more likely,
 * that is, whether the data are separable along it. A prior holds what it is about. Source: Albert and Anderson 1984,
 * Biometrika 71:1.
 */
export function separates(rows: LogisticRows, priors: readonly GaussianPrior[], direction: Float64Array): boolean {
  const eta = new Float64Array(BLOCK);
  const bare: LogisticRows = { ...rows, offset: undefined };
  const free = direction.map((entry, j) => (priors[j]!.precision > 0 ? 0 : entry));
  let worst = 0;
  let best = 0;
  for (let from = 0; from < rows.count; from += BLOCK) {
    const to = Math.min(rows.count, from + BLOCK);
    writeLogOdds(bare, free, from, to, eta);
    for (let i = from; i < to; i++) {
      if (rows.weight && rows.weight[i] === 0) continue;
      const towards = rows.outcome[i] === 0 ? -eta[i - from]! : eta[i - from]!;
      worst = Math.min(worst, towards);
      best = Math.max(best, towards);
    }
  }
  return best > 0 && worst >= -TOLERANCE * best;
}

/** The first column (0: the intercept) that those before it make up, so that its weight means nothing; none: undefined. */
export function madeUpColumn(rows: LogisticRows, priors: readonly GaussianPrior[]): number | undefined {
  const n = rows.columns + 1;
  const full = new Float64Array(n * n);
  logisticPass({ ...rows, offset: undefined }, new Float64Array(n), new Float64Array(n), full);
  for (let size = 1; size <= n; size++) {
    const leading = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      leading.set(full.subarray(i * n, i * n + size), i * size);
      leading[i * size + i] = leading[i * size + i]! + priors[i]!.precision;
    }
    if (!choleskyInPlace(leading, size)) return size - 1;
  }
  return undefined;
}
