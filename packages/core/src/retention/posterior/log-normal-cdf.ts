import { normalCdf, normalDensity } from '../../stats/special/index.ts';

/** Logarithm of the standard normal distribution function and its slope (the inverse Mills ratio), finite for every t. */
export function logNormalCdf(t: number): { readonly value: number; readonly slope: number } {
  if (t > -25) {
    const cdf = normalCdf(t);
    return { value: Math.log(cdf), slope: normalDensity(t) / cdf };
  }
  // Abramowitz and Stegun 1972, 26.2.12: four terms are good to 1e-9 from here on
  const u = 1 / (t * t);
  const series = 1 - u * (1 - 3 * u * (1 - 5 * u * (1 - 7 * u)));
  const value = -0.5 * t * t - Math.log(-t) - 0.9189385332046727 + Math.log(series);
  return { value, slope: -t / series };
}
