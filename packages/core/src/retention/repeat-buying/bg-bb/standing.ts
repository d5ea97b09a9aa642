import { betaln } from '../../../stats/special/index.ts';
import type { BgBbModel } from '../repeat-model.ts';
import type { OccasionHistory } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';
import { logBgBb } from './likelihood.ts';

/**
 * What is believed of one account after its last seen occasion: whether it was active on it, and its chances if it was.
 */
export interface BgBbStanding {
  readonly active: number;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly delta: number;
}

/**
 * The standing of an account after its history; `null` for one whose first order is only now. Given that it is active,
 * its chance to order is beta(alpha + x, beta + n - x) and to drop out beta(gamma, delta + n).
 *
 * Source: Fader, Hardie and Shang 2010.
 */
export function bgBbStanding(
  { parameters: { alpha, beta, gamma, delta } }: BgBbModel<TimeBase>,
  history: OccasionHistory<TimeBase> | null,
): BgBbStanding {
  if (history === null) return { active: 1, alpha, beta, gamma, delta };
  const { frequency: x, recency, occasions: n } = history;
  const staying =
    betaln(alpha + x, beta + n - x) - betaln(alpha, beta) + betaln(gamma, delta + n) - betaln(gamma, delta);
  return {
    active: Math.min(1, Math.exp(staying - logBgBb([alpha, beta, gamma, delta], x, recency, n))),
    alpha: alpha + x,
    beta: beta + n - x,
    gamma,
    delta: delta + n,
  };
}

/** Mean chances of one account: to order on an occasion while active, to drop out before one. */
export interface BgBbMeans {
  readonly order: number;
  readonly dropOut: number;
}

/**
 * The mean chance to order on an occasion while active, and to drop out before one, given a history; prior means for
 * `null`.
 *
 * Source: Fader, Hardie and Shang 2010, appendix: ratios of the likelihood at shifted parameters.
 */
export function bgBbMeans(
  { parameters: { alpha, beta, gamma, delta } }: BgBbModel<TimeBase>,
  history: OccasionHistory<TimeBase> | null,
): BgBbMeans {
  const order = alpha / (alpha + beta);
  const dropOut = gamma / (gamma + delta);
  if (history === null) return { order, dropOut };
  const { frequency: x, recency, occasions: n } = history;
  const log = logBgBb([alpha, beta, gamma, delta], x, recency, n);
  return {
    order: order * Math.exp(logBgBb([alpha + 1, beta, gamma, delta], x, recency, n) - log),
    dropOut: dropOut * Math.exp(logBgBb([alpha, beta, gamma + 1, delta], x, recency, n) - log),
  };
}
