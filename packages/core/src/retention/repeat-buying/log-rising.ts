import { betaln, lgamma } from '../../stats/special/index.ts';

/** log Gamma(r + x) - log Gamma(r) for a whole x >= 0, to full accuracy also where r is large and the two cancel. */
export function logRising(r: number, x: number): number {
  return x === 0 ? 0 : lgamma(x) - betaln(r, x);
}
