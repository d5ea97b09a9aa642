import { integrate } from './pareto-nbd/gauss-legendre.ts';

/** Expected orders within a length of time. */
type Expected = (t: number) => number;

/** Orders of whole occasions, those of the k-th times (1 + d)^-k. */
export function sumDiscounted(expected: Expected, occasions: number, rate: number): number {
  let before = 0;
  let sum = 0;
  for (let k = 1; k <= occasions; k++) {
    const now = expected(k);
    sum += (now - before) * (1 + rate) ** -k;
    before = now;
  }
  return sum;
}

/** Beyond this a discounted order no longer counts: e^-40. */
const CUT = 40;

/**
 * The integral of e^(-zu) dE(u) with z = log(1 + d), by parts: e^(-zt) E(t) + z times the integral of e^(-zu) E(u), in
 * log(1 + zu), so that a short and an endless span take the same nodes.
 */
export function integrateDiscounted(expected: Expected, length: number, rate: number): number {
  const z = Math.log1p(rate);
  const end = Math.min(length, CUT / z);
  const inside = integrate(
    (v) => {
      const u = Math.expm1(v) / z;
      return Math.exp(v - z * u) * expected(u);
    },
    0,
    Math.log1p(z * end),
  );
  return Math.exp(-z * end) * expected(end) + inside;
}
