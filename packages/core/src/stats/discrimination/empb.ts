import { bestCut, type CampaignProfit, cutsByScore } from './campaign-profit.ts';

/** The economics of an offer whose incentive is a share of each customer's own value. */
export interface ValueCampaign {
  readonly incentiveShare?: number;
  readonly contact?: number;
  /** Of the rate of acceptance, Beta(alpha, beta). */
  readonly alpha?: number;
  readonly beta?: number;
}

/**
 * Expected maximum profit of a campaign in a book whose customers differ in value (EMPB): the total profit at the best cut,
 * and the share of customers acted on. `clv`: one value per row. `null` without rows.
 *
 * A row that would leave brings g ((1 - d) CLV - f), one that would stay costs d CLV + f, with g the acceptance, d the
 * incentive's share and f the contact's cost. Profit is linear in g and the cut is chosen before g is known, so only the mean
 * of g counts. Source: Janssens et al. 2024, Annals of OR 341:267.
 */
export function empb(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  clv: ArrayLike<number>,
  { incentiveShare = 0.05, contact = 15, alpha = 6, beta = 14 }: ValueCampaign = {},
): CampaignProfit | null {
  const rows = scores.length;
  if (rows === 0) return null;
  const cuts = cutsByScore(scores, (row) =>
    outcomes[row] === 1
      ? { gain: (1 - incentiveShare) * clv[row]! - contact, cost: 0 }
      : { gain: 0, cost: incentiveShare * clv[row]! + contact },
  );
  const { profit, fraction } = bestCut(cuts, alpha / (alpha + beta));
  return { profit: profit * rows, fraction };
}
