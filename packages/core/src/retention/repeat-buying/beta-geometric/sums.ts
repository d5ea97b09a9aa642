import type { GroupedAccounts } from '../grouped-by-frequency.ts';

/**
 * Sums over the accounts of one frequency. With D = log((alpha + T) / (alpha + t_x)), E and F the first two derivatives
 * of D by alpha, q the chance of having dropped out and v = q (1 - q).
 */
export interface Sums {
  /** Sum of log(alpha + T), of 1 / (alpha + T) and of its square. */
  logs: number;
  inverses: number;
  squares: number;
  /** Sum of log(1 + Q). */
  odds: number;
  /** Sums of q, q D, q E, q F. */
  readonly gone: { sum: number; distance: number; slope: number; bend: number };
  /** Sums of v, v D, v E, v D^2, v D E, v E^2. */
  readonly split: { sum: number; distance: number; slope: number; distance2: number; mixed: number; slope2: number };
}

/** Sums of nothing. */
export function newSums(): Sums {
  return {
    logs: 0,
    inverses: 0,
    squares: 0,
    odds: 0,
    gone: { sum: 0, distance: 0, slope: 0, bend: 0 },
    split: { sum: 0, distance: 0, slope: 0, distance2: 0, mixed: 0, slope2: 0 },
  };
}

/** A product is turned into its logarithm before it can overflow or vanish: the factors lie within 1e-140 and 1e140. */
const LARGE = 1e150;
const SMALL = 1e-150;
/** Beyond these log-odds 1 + Q is Q to the last digit. */
const CERTAIN = 36;

/** Adds accounts that cannot have dropped out: BG/NBD without a repeat order. */
export function addAges(sums: Sums, age: Float64Array, from: number, to: number, alpha: number): void {
  let product = 1;
  let logs = 0;
  let inverses = 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const end = alpha + age[i]!;
    const inverse = 1 / end;
    // one logarithm for many factors: it would be most of the time
    product *= end;
    if (product > LARGE || product < SMALL) {
      logs += Math.log(product);
      product = 1;
    }
    inverses += inverse;
    squares += inverse * inverse;
  }
  sums.logs += logs + Math.log(product);
  sums.inverses += inverses;
  sums.squares += squares;
}

/** Adds accounts that may have dropped out at their last order; `logFactor` is log(a / (b + m - 1)), k is r + x. */
export function addHistories(
  sums: Sums,
  { recency, age }: GroupedAccounts,
  from: number,
  to: number,
  alpha: number,
  k: number,
  logFactor: number,
): void {
  const { gone, split } = sums;
  let product = 1;
  let oddsProduct = 1;
  let odds = 0;
  let logs = 0;
  for (let i = from; i < to; i++) {
    const end = alpha + age[i]!;
    const last = alpha + recency[i]!;
    const inverse = 1 / end;
    const lastInverse = 1 / last;
    product *= end;
    if (product > LARGE || product < SMALL) {
      logs += Math.log(product);
      product = 1;
    }
    sums.inverses += inverse;
    sums.squares += inverse * inverse;
    const distance = Math.log(end * lastInverse);
    const logOdds = logFactor + k * distance;
    let q = 1;
    let v = 0;
    if (logOdds > CERTAIN) {
      odds += logOdds;
      v = Math.exp(-logOdds);
    } else {
      const ratio = Math.exp(logOdds);
      q = ratio / (1 + ratio);
      v = q / (1 + ratio);
      oddsProduct *= 1 + ratio;
      if (oddsProduct > LARGE) {
        odds += Math.log(oddsProduct);
        oddsProduct = 1;
      }
    }
    const slope = inverse - lastInverse;
    gone.sum += q;
    gone.distance += q * distance;
    gone.slope += q * slope;
    // F = 1 / (alpha + t_x)^2 - 1 / (alpha + T)^2
    gone.bend -= q * slope * (inverse + lastInverse);
    split.sum += v;
    split.distance += v * distance;
    split.slope += v * slope;
    split.distance2 += v * distance * distance;
    split.mixed += v * distance * slope;
    split.slope2 += v * slope * slope;
  }
  sums.logs += logs + Math.log(product);
  sums.odds += odds + Math.log(oddsProduct);
}
