/**
 * The sum over k >= 1 of B(gamma, delta + k) / B(gamma, delta) (1 + d)^(1 - k): how many further periods count, the
 * next in full, when the chance to leave is beta(gamma, delta).
 *
 * It is delta / (gamma + delta) 2F1(1, delta + 1; gamma + delta + 1; 1 / (1 + d)), by Gauss' continued fraction (DLMF
 * 15.7.5), which needs 1 / sqrt(d) steps where the series needs 1 / d. Source of the sum: Fader and Hardie 2010,
 * "Customer-Base Valuation in a Contractual Setting", Marketing Science 29:85.
 */
export function discountedSurvival(gamma: number, delta: number, rate: number): number {
  const z = 1 / (1 + rate);
  const b = delta + 1;
  const c = gamma + delta + 1;
  let fraction = 1;
  for (let k = 50 + Math.ceil(40 / Math.sqrt(rate)); k >= 0; k--) {
    const half = k >> 1;
    const numerator = k % 2 === 0 ? (b + half) * (c - 1 + half) : (half + 1) * (c - b + half);
    fraction = 1 / (1 - ((numerator / (c + k - 1)) * z * fraction) / (c + k));
  }
  return (delta / (gamma + delta)) * fraction;
}
