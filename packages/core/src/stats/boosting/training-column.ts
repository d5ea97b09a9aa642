import type { BinnedColumn } from './bin-columns.ts';

/**
 * A binned column of the rows that are learned from, laid out for histograms: the rows of every bin but the commonest,
 * bin after bin. The commonest is what is left of the total, so a 0/1 column costs only its rarer value.
 */
export interface TrainingColumn {
  readonly codes: Uint8Array;
  /** Bins of known values; code 0 is missing. */
  readonly bins: number;
  readonly commonest: number;
  /** Rows of code k: `members` from `starts[k]` to `starts[k + 1]`; none for the commonest. */
  readonly starts: Int32Array;
  readonly members: Int32Array;
  /** Room for the sums of gradient and curvature of each code, side by side. */
  readonly sums: Float64Array;
}

/** Lays out a column. */
export function trainingColumn(column: BinnedColumn, rows: Int32Array): TrainingColumn {
  const bins = column.cuts.length + 1;
  const codes = new Uint8Array(rows.length);
  const counts = new Int32Array(bins + 1);
  for (let i = 0; i < rows.length; i++) {
    const code = column.codes[rows[i]!]!;
    codes[i] = code;
    counts[code] = counts[code]! + 1;
  }
  let commonest = 0;
  counts.forEach((count, code) => {
    if (count > counts[commonest]!) commonest = code;
  });
  const starts = new Int32Array(bins + 2);
  for (let code = 0; code <= bins; code++) {
    starts[code + 1] = starts[code]! + (code === commonest ? 0 : counts[code]!);
  }
  const members = new Int32Array(starts[bins + 1]!);
  const next = starts.slice();
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === commonest) continue;
    members[next[code]!] = i;
    next[code] = next[code]! + 1;
  }
  return { codes, bins, commonest, starts, members, sums: new Float64Array(2 * (bins + 1)) };
}
