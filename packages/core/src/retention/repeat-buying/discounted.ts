import { integrate } from './pareto-nbd/gauss-legendre.ts';

/** Beyond this a discounted order no longer counts: e^-40. */
const CUT = 40;

/**
 * The integral of e^(-zu) dE(u) with z = log(1 + d), by parts: e^(-zt) E(t) + z times the integral of e^(-zu) E(u), in
 * log(1 + zu), so that a short and an endless span take the same nodes.
 */
export function integrateDiscounted(expected: (t: number) => number, length: number, rate: number): number {
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
