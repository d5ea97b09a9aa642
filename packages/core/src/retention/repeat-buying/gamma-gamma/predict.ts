import type { GammaGammaModel } from './fit.ts';

/**
 * The expected value of an account's next order, from `frequency` repeat orders of mean value `meanValue`: between its
 * own mean and the book's, nearer its own the more orders it has. Without repeat orders the book's mean; `null` where
 * the model has none (q <= 1).
 *
 * Source: Fader and Hardie, note 025: p (gamma + xz) / (px + q - 1).
 *
 * @example expectedOrderValue({ parameters: { p: 6.2488023, q: 3.7445884, gamma: 15.4477483 } }, 2, 22.35) // 24.66
 */
export function expectedOrderValue(
  { parameters: { p, q, gamma } }: Pick<GammaGammaModel, 'parameters'>,
  frequency: number,
  meanValue: number,
): number | null {
  if (
    !(frequency >= 0 && Number.isFinite(frequency)) ||
    (frequency > 0 && !(meanValue > 0 && Number.isFinite(meanValue)))
  )
    throw new RangeError(`Spend of ${frequency} orders of mean value ${meanValue}: both must be finite and positive.`);
  const orders = p * frequency + q - 1;
  return orders > 0 ? (p * (gamma + (frequency > 0 ? frequency * meanValue : 0))) / orders : null;
}
