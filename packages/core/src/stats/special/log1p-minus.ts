/**
 * log(1 + x) - x without the cancellation near 0; x > -1.
 *
 * With r = x / (2 + x): log1p(x) = 2 atanh(r) and x - 2r = x r (Abramowitz and Stegun 1972, 4.1.27), so the linear terms
 * never meet.
 */
export function log1pMinus(x: number): number {
  if (x < -0.4 || x > 0.6) return Math.log1p(x) - x;
  const r = x / (2 + x);
  const square = r * r;
  let sum = 0;
  for (let k = 27; k >= 3; k -= 2) sum = sum * square + 1 / k;
  return r * (2 * square * sum - x);
}
