/** A column cut into bins. `codes` has one entry per row: 0 missing, k when k - 1 cuts are at most the value. */
export interface BinnedColumn {
  /** Ascending; a value belongs to the first bin when it is below the first cut. */
  readonly cuts: Float64Array;
  readonly codes: Uint8Array;
}

/**
 * Cuts every column of a row-by-row matrix into at most `most` bins of about equal counts (254 at most), halfway between
 * neighbouring values; with few different values each has a bin. `NaN` is missing. The order of rows does not matter.
 */
export function binColumns(x: Float64Array, columns: number, most: number): readonly BinnedColumn[] {
  return Array.from({ length: columns }, (_, j) => {
    const values = new Float64Array(x.length / columns);
    for (let i = 0; i < values.length; i++) values[i] = x[i * columns + j]!;
    const cuts = cutsOf(values, most);
    const codes = new Uint8Array(values.length);
    for (let i = 0; i < values.length; i++) codes[i] = Number.isNaN(values[i]!) ? 0 : binOf(cuts, values[i]!) + 1;
    return { cuts, codes };
  });
}

/** How many cuts are at most the value: its bin, from 0. */
export function binOf(cuts: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cutsOf(values: Float64Array, most: number): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const steps: number[] = [];
  for (let i = 1; i < known.length; i++) if (known[i]! > known[i - 1]!) steps.push(i);
  if (steps.length < most) return Float64Array.from(steps, (i) => middle(known[i - 1]!, known[i]!));
  const cuts = new Set<number>();
  for (let bin = 1, at = 0; bin < most; bin++) {
    while (at < steps.length - 1 && steps[at]! < (bin * known.length) / most) at++;
    cuts.add(steps[at]!);
  }
  return Float64Array.from(cuts, (i) => middle(known[i - 1]!, known[i]!));
}

/** Above the lower value even where rounding would meet it. */
function middle(lower: number, upper: number): number {
  const half = lower / 2 + upper / 2;
  return half > lower ? half : upper;
}
