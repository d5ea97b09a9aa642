/** Pearson's correlation of two columns of equal length; `null` when either does not vary. */
export function correlation(one: Float64Array, other: Float64Array): number | null {
  const n = one.length;
  const meanOne = one.reduce((sum, it) => sum + it, 0) / n;
  const meanOther = other.reduce((sum, it) => sum + it, 0) / n;
  let both = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < n; i++) {
    const a = one[i]! - meanOne;
    const b = other[i]! - meanOther;
    both += a * b;
    first += a * a;
    second += b * b;
  }
  return first > 0 && second > 0 ? both / Math.sqrt(first * second) : null;
}
