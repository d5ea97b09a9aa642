/**
 * What Stirling's formula leaves out: log Gamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2), for x >= 8 to 1e-16.
 *
 * Source: the asymptotic series with the Bernoulli numbers, DLMF 5.11.1.
 */
export function stirlingError(x: number): number {
  const y = 1 / (x * x);
  let sum = -3617 / 122400;
  sum = sum * y + 1 / 156;
  sum = sum * y - 691 / 360360;
  sum = sum * y + 1 / 1188;
  sum = sum * y - 1 / 1680;
  sum = sum * y + 1 / 1260;
  sum = sum * y - 1 / 360;
  sum = sum * y + 1 / 12;
  return sum / x;
}
