import { stirlingError } from './stirling-error.ts';

/** log(2 pi) / 2. */
export const HALF_LOG_TWO_PI = 0.9189385332046727;
/** 1 minus Euler's constant: the slope of log Gamma at 2. */
const SLOPE_AT_TWO = 0.42278433509846713;
/** (-1)^k (zeta(k) - 1) / k for k from 2: Taylor's coefficients of log Gamma about 2 (DLMF 5.7.3). */
const ABOUT_TWO = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234,
  -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5, -4.492623673813314e-5,
  2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6, 9.55141213040742e-7,
  -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8, -2.2711094608943164e-8,
  1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9, 5.731367241678862e-10,
];

/**
 * Natural logarithm of the gamma function of a positive number; `NaN` for x <= 0.
 *
 * Below 2.5 the Taylor series about 2, so that the zeros at 1 and 2 keep their digits; from 8 on Stirling's series; between
 * them the recurrence Gamma(x + 1) = x Gamma(x). Source: DLMF 5.5.1, 5.7.3, 5.11.1.
 *
 * @example lgamma(5) // log 24 = 3.1780538303479458
 */
export function lgamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x >= 8) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
  if (x < 0.5) return aboutTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return aboutTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let base = x;
  while (base > 2.5) {
    base -= 1;
    product *= base;
  }
  return aboutTwo(base - 2) + Math.log(product);
}

/** log Gamma(2 + z) for |z| <= 1/2. */
function aboutTwo(z: number): number {
  let sum = 0;
  for (let k = ABOUT_TWO.length - 1; k >= 0; k--) sum = sum * z + ABOUT_TWO[k]!;
  return z * (SLOPE_AT_TWO + z * sum);
}
