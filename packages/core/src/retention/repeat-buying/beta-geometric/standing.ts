import type { BetaGeometricModel } from '../repeat-model.ts';
import type { OrderHistory } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';

/** What is believed of one account from now on: the chance that it is active, and its rates if it is. */
export interface BetaGeometricStanding {
  readonly active: number;
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/**
 * The standing of an account after its history; `null` for one whose first order is only now. Given that it is active,
 * its order rate is gamma(r + x, alpha + T) and its chance to drop out beta(a, b + m), m the chances it survived.
 *
 * Source: Fader, Hardie and Lee 2005; the conjugate updates behind their equation 10, and "Computing P(alive) Using the
 * BG/NBD Model" (2008).
 */
export function betaGeometricStanding(
  { family, parameters: { r, alpha, a, b } }: BetaGeometricModel<TimeBase>,
  history: OrderHistory<TimeBase> | null,
): BetaGeometricStanding {
  const atEntry = family === 'bg-nbd' ? 0 : 1;
  if (history === null) return { active: atEntry ? b / (a + b) : 1, r, alpha, a, b: b + atEntry };
  const { frequency, recency, age } = history;
  const survived = frequency + atEntry;
  const k = r + frequency;
  const logOdds =
    survived === 0 || a === 0
      ? Number.NEGATIVE_INFINITY
      : Math.log(a / (b + survived - 1)) + k * Math.log((alpha + age) / (alpha + recency));
  return { active: 1 / (1 + Math.exp(logOdds)), r: k, alpha: alpha + age, a, b: b + survived };
}
