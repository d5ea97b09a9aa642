import { HALF_LOG_TWO_PI, lgamma } from './lgamma.ts';
import { log1pMinus } from './log1p-minus.ts';
import { stirlingError } from './stirling-error.ts';

/**
 * Natural logarithm of the beta function B(a, b), a and b positive; keeps its digits for arguments up to 1e8 and far apart,
 * where lgamma(a) + lgamma(b) - lgamma(a + b) loses half of them. `NaN` outside.
 *
 * Source: Didonato and Morris 1992, ACM TOMS 18:360 (the large-argument forms), with DLMF 5.11.1 for the corrections.
 *
 * @example betaln(2, 3) // log(1 / 12)
 */
export function betaln(a: number, b: number): number {
  if (!(a > 0 && b > 0)) return Number.NaN;
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (small >= 8) return bothLarge(small, large);
  if (large >= 8) return lgamma(small) + lgammaRatio(small, large);
  return lgamma(small) + (lgamma(large) - lgamma(small + large));
}

function bothLarge(a: number, b: number): number {
  const ratio = a / b;
  const corrections = stirlingError(a) + stirlingError(b) - stirlingError(a + b);
  return HALF_LOG_TWO_PI - 0.5 * Math.log(b) + corrections - (a - 0.5) * Math.log1p(1 / ratio) - b * Math.log1p(ratio);
}

/** log Gamma(b) - log Gamma(a + b) for b >= 8. */
function lgammaRatio(a: number, b: number): number {
  const ratio = a / b;
  const corrections = stirlingError(b) - stirlingError(a + b);
  return corrections - a * Math.log(b) - (a - 0.5) * Math.log1p(ratio) - b * log1pMinus(ratio);
}
