import { integrateUnit } from './tanh-sinh.ts';

/** Up to here the continued fraction takes fewer steps than the integral has nodes. */
const FRACTION_UP_TO = 0.9998;
const MOST_TERMS = 10_000_000;
const LARGE = 1e200;

/**
 * Gauss' hypergeometric function 2F1(a, b; c; z) for real z < 1 and c > 0, as the models of repeat buying use it; `NaN`
 * elsewhere. See `logHyp2f1` for values beyond 1e308.
 *
 * @example hyp2f1(1, 1, 2, 0.5) // -log(0.5) / 0.5
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  const { log, rest } = factors(a, b, c, z);
  return Math.exp(log) * rest;
}

/** log of 2F1(a, b; c; z) where it is positive (always for a, b, c > 0 and z < 1); `NaN` elsewhere. */
export function logHyp2f1(a: number, b: number, c: number, z: number): number {
  const { log, rest } = factors(a, b, c, z);
  return log + Math.log(rest);
}

interface Factors {
  readonly log: number;
  readonly rest: number;
}

function factors(a: number, b: number, c: number, z: number): Factors {
  if (!(c > 0 && z < 1)) return { log: 0, rest: Number.NaN };
  if (z < 0) return negativeArgument(a, b, c, z);
  if (isOne(c - a, a) && a > 0 && b > 0) return nextToA(a, b, z);
  if (isOne(c - b, b) && a > 0 && b > 0) return nextToA(b, a, z);
  return plain(a, b, c, z);
}

/** The series, by Euler's transformation (DLMF 15.8.1) where that makes its terms fall faster. */
function plain(a: number, b: number, c: number, z: number): Factors {
  return c < a + b ? series(c - a, c - b, c, z, (c - a - b) * Math.log1p(-z)) : series(a, b, c, z, 0);
}

/** Pfaff's transformation (DLMF 15.8.1) to z / (z - 1) in 0..1, on the side where every term is positive. */
function negativeArgument(a: number, b: number, c: number, z: number): Factors {
  if (c < a) return c < b ? plain(a, b, c, z) : negativeArgument(b, a, c, z);
  return series(c - a, b, c, z / (z - 1), -b * Math.log1p(-z));
}

/** Whether a difference is 1 but for the rounding of its operands. */
function isOne(difference: number, size: number): boolean {
  return Math.abs(difference - 1) <= 4 * Number.EPSILON * (Math.abs(size) + 1);
}

/**
 * 2F1(a, b; a + 1; z): by Euler (1 - z)^(1 - b) 2F1(1, a + 1 - b; a + 1; z), for which Gauss' continued fraction has positive
 * denominators when b < a + 1; near z = 1 and otherwise the integral a t^(a-1) (1 - zt)^-b over (0, 1) with s = t^a.
 */
function nextToA(a: number, b: number, z: number): Factors {
  if (b < a + 1 && z <= FRACTION_UP_TO)
    return { log: (1 - b) * Math.log1p(-z), rest: gaussFraction(a + 1 - b, a + 1, z) };
  const steep = z / (1 - z);
  const rest = integrateUnit((v, w) => {
    const u = -Math.expm1((v < 0.5 ? Math.log1p(-v) : Math.log(w)) / a);
    return Math.exp(-b * Math.log1p(steep * u));
  });
  return { log: -b * Math.log1p(-z), rest };
}

/** 2F1(1, b; c; z) by Gauss' continued fraction (DLMF 15.7.5) in Steed's form, for 0 < b < c and 0 <= z < 1. */
function gaussFraction(b: number, c: number, z: number): number {
  let ratio = 1;
  let term = 1;
  let sum = 1;
  for (let k = 0; k < MOST_TERMS; k++) {
    const half = k >> 1;
    const numerator =
      k % 2 === 0
        ? ((b + half) * (c - 1 + half)) / ((c + k - 1) * (c + k))
        : ((half + 1) * (c - b + half)) / ((c + k - 1) * (c + k));
    ratio = 1 / (1 - numerator * z * ratio);
    term *= ratio - 1;
    sum += term;
    if (Math.abs(term) <= 1e-17 * Math.abs(sum)) break;
  }
  return sum;
}

/** The defining series (DLMF 15.2.1), times e^`log`; its scale is taken out before it overflows. */
function series(a: number, b: number, c: number, z: number, log: number): Factors {
  let scale = log;
  let term = 1;
  let sum = 1;
  for (let k = 0; k < MOST_TERMS && term !== 0; k++) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    sum += term;
    if (sum > LARGE) {
      scale += Math.log(sum);
      term /= sum;
      sum = 1;
    }
    if (Math.abs(term) <= 1e-17 * Math.abs(sum) && k > Math.abs(a) + Math.abs(b)) break;
  }
  return { log: scale, rest: sum };
}
