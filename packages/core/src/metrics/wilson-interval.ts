import { normalQuantile } from '../stats/special/index.ts';

/** Wilson's score interval of `k` in `n`, n above 0 (Wilson 1927). */
export function wilson(k: number, n: number, level = 0.95): { readonly low: number; readonly high: number } {
  const z = normalQuantile((1 + level) / 2);
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { low: centre - half, high: centre + half };
}
