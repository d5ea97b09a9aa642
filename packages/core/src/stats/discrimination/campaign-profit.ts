import { incompleteBeta } from '../special/index.ts';
import { rankRows } from './ranked-rows.ts';
import { type Cut, turningPoint, upperHull } from './upper-hull.ts';

/** The economics of an offer made to the rows with the highest risk; money in one unit. */
export interface CampaignTerms {
  /** Lifetime value of a customer who stays. */
  readonly clv: number;
  /** Cost of the incentive to whoever takes it. */
  readonly incentive: number;
  /** Cost of contacting one customer. */
  readonly contact: number;
}

/** The best profit per customer, and the share of customers to act on. */
export interface CampaignProfit {
  readonly profit: number;
  readonly fraction: number;
}

/** What Verbraken et al. assume. */
const DEFAULT_TERMS: CampaignTerms = { clv: 200, incentive: 10, contact: 1 };

/**
 * Maximum profit (MPC) of an offer at one known rate of acceptance among those who would leave; ties are acted on together.
 * `null` without rows.
 *
 * Source: Verbeke et al. 2012, EJOR 218:211; profit CLV (g (1 - d) - f) pi0 F0 - CLV (d + f) pi1 F1 with d and f over CLV.
 */
export function mpc(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  acceptance = 0.3,
  terms: CampaignTerms = DEFAULT_TERMS,
): CampaignProfit | null {
  if (scores.length === 0) return null;
  return bestCut(upperHull(campaignCuts(scores, outcomes, terms)), acceptance);
}

/**
 * Expected maximum profit (EMPC) when the rate of acceptance is Beta(alpha, beta) and the best cut is taken for each: exact
 * along the hull, with incomplete beta functions. `null` without rows.
 *
 * Source: Verbraken, Verbeke and Baesens 2013, IEEE TKDE 25:961.
 */
export function empc(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { alpha = 6, beta = 14, ...terms }: Partial<CampaignTerms> & { readonly alpha?: number; readonly beta?: number } = {},
): CampaignProfit | null {
  if (scores.length === 0) return null;
  const hull = upperHull(campaignCuts(scores, outcomes, { ...DEFAULT_TERMS, ...terms }));
  let profit = 0;
  let fraction = 0;
  let from = 0;
  for (const [at, cut] of hull.entries()) {
    const next = hull[at + 1];
    const to = next ? Math.min(1, Math.max(0, turningPoint(cut, next))) : 1;
    if (to <= from) continue;
    const mass = betaMass(alpha, beta, from, to);
    const mean = (alpha / (alpha + beta)) * betaMass(alpha + 1, beta, from, to);
    profit += cut.gain * mean - cut.cost * mass;
    fraction += cut.fraction * mass;
    from = to;
  }
  return { profit, fraction };
}

function betaMass(alpha: number, beta: number, from: number, to: number): number {
  return incompleteBeta(alpha, beta, to) - incompleteBeta(alpha, beta, from);
}

/** The cut with the highest profit at one rate of acceptance. */
export function bestCut(cuts: readonly Cut[], acceptance: number): CampaignProfit {
  let best: CampaignProfit = { profit: 0, fraction: 0 };
  for (const { gain, cost, fraction } of cuts) {
    const profit = acceptance * gain - cost;
    if (profit > best.profit) best = { profit, fraction };
  }
  return best;
}

function campaignCuts(scores: ArrayLike<number>, outcomes: ArrayLike<number>, terms: CampaignTerms): readonly Cut[] {
  const { clv, incentive, contact } = terms;
  return cutsByScore(scores, (row) =>
    outcomes[row] === 1 ? { gain: clv - incentive, cost: contact } : { gain: 0, cost: incentive + contact },
  );
}

/** Every cut of the list, nobody first; gain and cost per row of the list. */
export function cutsByScore(
  scores: ArrayLike<number>,
  ofRow: (row: number) => { readonly gain: number; readonly cost: number },
): readonly Cut[] {
  const { order, ends } = rankRows(scores);
  const rows = order.length;
  const cuts: Cut[] = [{ fraction: 0, gain: 0, cost: 0 }];
  let gain = 0;
  let cost = 0;
  for (let run = ends.length - 1; run >= 0; run--) {
    const start = run > 0 ? ends[run - 1]! : 0;
    for (let at = start; at < ends[run]!; at++) {
      const own = ofRow(order[at]!);
      gain += own.gain;
      cost += own.cost;
    }
    cuts.push({ fraction: (rows - start) / rows, gain: gain / rows, cost: cost / rows });
  }
  return cuts;
}
