import { NODES, WEIGHTS } from './gauss-legendre.ts';

/** What falls below e^-40 of the largest value is left out of an integral. */
const CUT = 40;

/** The end of the span after `from` in which (alpha + u)^-k is worth counting. */
export function cutSpan(alpha: number, k: number, from: number, to: number): number {
  return Math.min(to, (alpha + from) * Math.exp(CUT / k) - alpha);
}

/**
 * Having dropped out somewhere in (t_x, T], against still being active at T: log-odds and moments, for the likelihood's
 * derivatives. With A = alpha + u and B = beta + u, weighted by the density of the drop-out at u,
 * `h` = (log(A_T / A), k / A_T - k / A, 1 / s + log(B_T / B), s / B_T - (s + 1) / B).
 */
export interface PastDropOut {
  /** -Infinity when t_x = T. */
  logOdds: number;
  /** Means of h, of its products (upper triangle row by row) and of 1/A, 1/A^2, 1/B, 1/B^2. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly inverses: Float64Array;
}

/** Room for the results of `pastDropOut`, to be used again for every account. */
export function newPastDropOut(): PastDropOut {
  return {
    logOdds: Number.NEGATIVE_INFINITY,
    first: new Float64Array(4),
    second: new Float64Array(10),
    inverses: new Float64Array(4),
  };
}

/**
 * Fills `out` for one account: k = r + x, the last order at `last` (t_x), the cut-off at `age` (T).
 *
 * The odds are s times the integral of ((alpha + T) / A)^k ((beta + T) / B)^s / B over u. It replaces the differences
 * of two hypergeometric functions of the closed form, which cancel. In log(min(alpha, beta) + u) the integrand is
 * smooth. Source: Schmittlein, Morrison and Colombo 1987, Management Science 33:1, before the integral is solved.
 */
export function pastDropOut(
  out: PastDropOut,
  k: number,
  alpha: number,
  s: number,
  beta: number,
  last: number,
  age: number,
): void {
  const { first, second, inverses } = out;
  first.fill(0);
  second.fill(0);
  inverses.fill(0);
  out.logOdds = Number.NEGATIVE_INFINITY;
  if (last >= age) return;
  const least = Math.min(alpha, beta);
  const overAlpha = alpha - least;
  const overBeta = beta - least;
  const from = Math.log(least + last);
  const width = Math.log(least + cutSpan(alpha, k, last, age)) - from;
  const logEndA = Math.log(alpha + age);
  const logEndB = Math.log(beta + age);
  const logLast = k * Math.log(alpha + last) + s * Math.log(beta + last);
  const endA = 1 / (alpha + age);
  const endB = 1 / (beta + age);
  let total = 0;
  for (let i = 0; i < NODES.length; i++) {
    const v = from + width * NODES[i]!;
    const e = Math.exp(v);
    const a = e + overAlpha;
    const b = e + overBeta;
    const logA = overAlpha === 0 ? v : Math.log(a);
    const logB = overBeta === 0 ? v : Math.log(b);
    const inverseA = 1 / a;
    const inverseB = 1 / b;
    const weight = WEIGHTS[i]! * Math.exp(logLast - k * logA - s * logB) * e * inverseB;
    total += weight;
    const h0 = logEndA - logA;
    const h1 = k * (endA - inverseA);
    const h2 = 1 / s + logEndB - logB;
    const h3 = s * endB - (s + 1) * inverseB;
    first[0]! += weight * h0;
    first[1]! += weight * h1;
    first[2]! += weight * h2;
    first[3]! += weight * h3;
    second[0]! += weight * h0 * h0;
    second[1]! += weight * h0 * h1;
    second[2]! += weight * h0 * h2;
    second[3]! += weight * h0 * h3;
    second[4]! += weight * h1 * h1;
    second[5]! += weight * h1 * h2;
    second[6]! += weight * h1 * h3;
    second[7]! += weight * h2 * h2;
    second[8]! += weight * h2 * h3;
    second[9]! += weight * h3 * h3;
    inverses[0]! += weight * inverseA;
    inverses[1]! += weight * inverseA * inverseA;
    inverses[2]! += weight * inverseB;
    inverses[3]! += weight * inverseB * inverseB;
  }
  if (!(total > 0)) return;
  for (const sums of [first, second, inverses]) for (let i = 0; i < sums.length; i++) sums[i]! /= total;
  out.logOdds = k * logEndA + s * logEndB - logLast + Math.log(s * width * total);
}
