/**
 * Weights kept by rank (1 to the tree's size), with sums over the lower ranks in logarithmic time. Source: Fenwick 1994,
 * Software Pract. Exper. 24:327.
 */
export type RankSums = Float64Array;

/** No weight at any of `ranks` ranks. */
export function emptyRankSums(ranks: number): RankSums {
  return new Float64Array(ranks + 1);
}

/** Adds `weight` (negative: takes away) at `rank`. */
export function addAtRank(sums: RankSums, rank: number, weight: number): void {
  for (let at = rank; at < sums.length; at += at & -at) sums[at]! += weight;
}

/** The weight at ranks 1 to `rank`. */
export function sumToRank(sums: RankSums, rank: number): number {
  let total = 0;
  for (let at = rank; at > 0; at &= at - 1) total += sums[at]!;
  return total;
}
