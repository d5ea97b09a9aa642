import type { ShareFigure } from '../../metrics/figure.ts';
import { Z90 } from '../../stats/special/normal.ts';

/**
 * The mean of values with its 90 % interval by the normal approximation; below `atLeast` values there is none, and `of`
 * says of what there are not enough.
 *
 * @example
 * meanFigure([1, 2, 3], 3, 'days').value; // 2, from 1.05 to 2.95
 */
export function meanFigure(values: readonly number[], atLeast: number, of: string): ShareFigure {
  const n = values.length;
  if (n < Math.max(2, atLeast))
    return { value: null, n, reason: `not enough: ${n} ${of}, ${atLeast} are needed`, interval: null };
  const value = values.reduce((sum, it) => sum + it, 0) / n;
  const variance = values.reduce((sum, it) => sum + (it - value) ** 2, 0) / (n - 1);
  const width = Z90 * Math.sqrt(variance / n);
  return { value, n, reason: null, interval: [value - width, value + width] };
}
