import { type ColumnScale, scaleColumns } from './scale-columns.ts';

/** Outcomes with what was known of each: the numeric core's input. Arrays have `n` entries unless said otherwise. */
export interface PosteriorRows {
  /** `n` x `p` row by row; `NaN`: missing. */
  readonly x: Float64Array;
  /** 1: lost. */
  readonly lost: Uint8Array;
  readonly weight: Float64Array;
  /** Rows with the same number are not independent of each other. */
  readonly cluster: Int32Array;
  /** 1: somebody acted on it. */
  readonly treated?: Uint8Array;
}

/**
 * The rows as a dense matrix `z` (`n` x `q`): 1, every column in units of its scale (0 where missing), one 0/1 column for
 * each that is missing in some rows and known in others, and one for treatment when some rows were treated and some not.
 */
export interface PosteriorDesign {
  readonly n: number;
  readonly p: number;
  readonly q: number;
  readonly z: Float64Array;
  readonly columns: readonly ColumnScale[];
  /** Position in `z` of each column's missing state; -1 when it has none. */
  readonly missingAt: Int32Array;
  /** Position in `z` of treatment; -1 when it has none. */
  readonly treatedAt: number;
  /** Sum of the row weights. */
  readonly total: number;
}

/** Lays out the matrix that the posterior is fitted on. */
export function layOutDesign(rows: PosteriorRows, p: number): PosteriorDesign {
  const n = rows.lost.length;
  const columns = scaleColumns(rows.x, n, p, rows.weight);
  const missingAt = new Int32Array(p).fill(-1);
  let q = 1 + p;
  columns.forEach((column, j) => {
    if (column.known > 0 && column.missing > 0) missingAt[j] = q++;
  });
  const treated = rows.treated?.reduce((sum, it) => sum + it, 0) ?? 0;
  const treatedAt = treated > 0 && treated < n ? q++ : -1;
  const z = new Float64Array(n * q);
  for (let i = 0; i < n; i++) {
    z[i * q] = 1;
    for (let j = 0; j < p; j++) {
      const value = rows.x[i * p + j]!;
      if (!Number.isNaN(value)) z[i * q + 1 + j] = value / columns[j]!.scale;
      else if (missingAt[j]! >= 0) z[i * q + missingAt[j]!] = 1;
    }
    if (treatedAt >= 0) z[i * q + treatedAt] = rows.treated![i]!;
  }
  const total = rows.weight.reduce((sum, it) => sum + it, 0);
  return { n, p, q, z, columns, missingAt, treatedAt, total };
}
