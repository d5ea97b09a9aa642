/**
 * Splits whole minor units by weights so that the parts sum to the amount exactly: each gets its whole part, the units
 * that are left go to the largest remainders, the first of equals before the next (Hamilton's method). A negative amount
 * is split like its opposite. Weights are whole, not negative, not all 0: otherwise a RangeError.
 *
 * @example splitByWeights(100, [1, 1, 1]) // [34, 33, 33]
 */
export function splitByWeights(minor: number, weights: readonly number[]): readonly number[] {
  const bad = weights.some((it) => !Number.isSafeInteger(it) || it < 0);
  if (bad) throw new RangeError('Weights are whole numbers, none below 0.');
  const sum = weights.reduce((all, it) => all + BigInt(it), 0n);
  if (sum === 0n) throw new RangeError('There is no weight to split by.');
  const amount = BigInt(Math.abs(minor));
  const parts = weights.map((it) => Number((amount * BigInt(it)) / sum));
  const remainders = weights.map((it) => (amount * BigInt(it)) % sum);
  const byRemainder = weights.map((_, i) => i).sort((a, b) => compare(remainders[b]!, remainders[a]!) || a - b);
  const left = Math.abs(minor) - parts.reduce((all, it) => all + it, 0);
  for (const i of byRemainder.slice(0, left)) parts[i] = parts[i]! + 1;
  return minor < 0 ? parts.map((it) => (it === 0 ? 0 : -it)) : parts;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
