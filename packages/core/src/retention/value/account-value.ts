import type { Id } from '../../model/ids.ts';
import { Z90 } from '../../stats/special/normal.ts';
import { amountWithin, chanceIntervalWithin, chanceWithin, type PortfolioHorizon } from './chance-within.ts';
import type { ValuedRisk } from './valued-risk.ts';

/** What one account may cost within the horizon, in minor units. */
export interface AccountValue {
  readonly accountId: Id;
  /** Chance of loss within the horizon; `null` when the decision day is not known. */
  readonly probability: number | null;
  /** Gross margin within the horizon. */
  readonly value: number | null;
  readonly expectedLoss: number | null;
  /** 90 %, from the probability's own interval. */
  readonly lossInterval: readonly [low: number, high: number] | null;
  /** Loss by getting smaller, given that it stays; apart from `expectedLoss`. `null` without a model of it. */
  readonly expectedContraction: number | null;
  /** For display: revenue within the horizon times the chance. Never a ground for a decision. */
  readonly revenueAtRisk: number | null;
  /** Why there is no expected loss. */
  readonly reason: string | null;
}

/** Expected loss and contraction of one account; a missing margin or decision day gives `null` with the reason. */
export function accountValue(risk: ValuedRisk, horizon: PortfolioHorizon): AccountValue {
  const probability = chanceWithin(risk, horizon);
  const interval = chanceIntervalWithin(risk, horizon, Z90);
  const value = amountWithin(risk.annualMargin, horizon);
  const revenue = amountWithin(risk.annualRevenue, horizon);
  const times = (a: number | null, b: number | null) => (a === null || b === null ? null : Math.round(a * b));
  return {
    accountId: risk.accountId,
    probability,
    value,
    expectedLoss: times(value, probability),
    lossInterval:
      value === null || interval === null ? null : [Math.round(value * interval[0]), Math.round(value * interval[1])],
    expectedContraction: times(value, contractionWithin(risk, horizon)),
    revenueAtRisk: times(revenue, probability),
    reason: probability === null ? 'no decision day is known' : value === null ? 'gross margin is not known' : null,
  };
}

/**
 * Expected share of the value that goes by contraction within the horizon: kept, times smaller, times the share. It
 * happens at a decision too, so it is 0 where none falls within the horizon.
 */
function contractionWithin(risk: ValuedRisk, horizon: PortfolioHorizon): number | null {
  const chance = contractionChance(risk, horizon);
  return chance === null || risk.contraction === null ? null : chance * risk.contraction.share;
}

/** Chance that the account is kept and gets smaller within the horizon. */
export function contractionChance(risk: ValuedRisk, horizon: PortfolioHorizon): number | null {
  if (risk.contraction === null) return null;
  const lost = chanceWithin(risk, horizon);
  const smaller = chanceWithin({ ...risk, probability: risk.contraction.probability }, horizon);
  return lost === null || smaller === null ? null : (1 - lost) * smaller;
}
