import { logBetaPower } from './beta-power.ts';

const TINY = 1e-300;
const PRECISION = 1e-16;
const MOST_TERMS = 20_000;

/**
 * The regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is at most x. a, b > 0;
 * x is cut to 0..1; `NaN` for other arguments.
 *
 * Source: the continued fraction DLMF 8.17.22 by Lentz's method, on the side of the mean where it converges fast.
 *
 * @example incompleteBeta(2, 3, 0.5) // 11 / 16
 */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const y = 1 - x;
  const turned = x > (a + 1) / (a + b + 2);
  const tail = turned
    ? (Math.exp(logBetaPower(b, a, y, x)) / b) * fraction(b, a, y)
    : (Math.exp(logBetaPower(a, b, x, y)) / a) * fraction(a, b, x);
  return turned ? 1 - tail : tail;
}

function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return value;
}

/** Lentz's method divides by what may be 0. */
function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
