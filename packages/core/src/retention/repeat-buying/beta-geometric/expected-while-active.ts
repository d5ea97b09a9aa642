import { betaln, trigamma } from '../../../stats/special/index.ts';
import type { BetaGeometricStanding } from './standing.ts';

/** More orders than this are not added up one by one. */
const MOST_ORDERS = 2000;
const MOST_NODES = 100_000;

/**
 * Expected orders in the next t of an account that is active now.
 *
 * Were it never to drop out it would place K orders, negative binomial; of them it lives to place C(K) = sum over j < K
 * of B(a, b + j) / B(a, b). The mean of C(K) has positive terms only and no pole at a = 1, where the paper's form (a +
 * b - 1) / (a - 1) (1 - (alpha / (alpha + t))^r 2F1(r, b; a + b - 1; t / (alpha + t))) is 0 / 0.
 *
 * Source: Fader, Hardie and Lee 2005, equation 9, rearranged.
 */
export function expectedWhileActive(standing: Omit<BetaGeometricStanding, 'active'>, t: number): number {
  const { r, alpha, a, b } = standing;
  const odds = t / alpha;
  if (a === 0) return r * odds;
  const mean = r * odds;
  const reach = mean + 10 * Math.sqrt(mean * (1 + odds)) + 40 * (1 + odds);
  if (reach > MOST_ORDERS || r * Math.log1p(odds) > 600) return byIntegral(standing, odds);
  const z = odds / (1 + odds);
  let weight = Math.exp(-r * Math.log1p(odds));
  let lives = 1;
  let placed = 0;
  let sum = 0;
  for (let k = 1; k <= MOST_ORDERS; k++) {
    weight *= ((r + k - 1) / k) * z;
    placed += lives;
    lives *= (b + k - 1) / (a + b + k - 1);
    const term = weight * placed;
    sum += term;
    if (k > mean && term < 1e-16 * sum) break;
  }
  return sum;
}

/**
 * The same over the chance p to drop out: the mean of (1 - (1 + p t / alpha)^-r) / p under beta(a, b), by the
 * trapezoidal rule in log(p / (1 - p)), which converges geometrically. For small `a` the value at p = 0 is taken out
 * first.
 */
function byIntegral({ r, a, b }: Omit<BetaGeometricStanding, 'active'>, odds: number): number {
  const atZero = a < 0.2 ? r * odds : 0;
  const scale = betaln(a, b);
  const step = Math.min(0.2, 0.5 * Math.sqrt(trigamma(a) + trigamma(b)));
  const term = (v: number): number => {
    const logP = v < 0 ? v - Math.log1p(Math.exp(v)) : -Math.log1p(Math.exp(-v));
    const density = Math.exp(a * logP + b * (logP - v) - scale);
    if (density === 0) return 0;
    const p = Math.exp(logP);
    return density * (-Math.expm1(-r * Math.log1p(p * odds)) / p - atZero);
  };
  const centre = Math.log(a / b);
  return atZero + step * (term(centre) + walk(term, centre, step) + walk(term, centre, -step));
}

/** Adds terms outwards until they no longer count. */
function walk(term: (v: number) => number, from: number, step: number): number {
  let sum = 0;
  let before = 0;
  for (let i = 1; i < MOST_NODES; i++) {
    const value = term(from + i * step);
    sum += value;
    if (Math.abs(value) <= 1e-17 * Math.abs(sum) && Math.abs(value) <= before) break;
    before = Math.abs(value);
  }
  return sum;
}
