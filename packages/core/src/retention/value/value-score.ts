import type { AccountFacts } from '../../features/facts.ts';
import { addDays } from '../../model/dates.ts';
import type { Account } from '../../model/types.ts';
import { Z90 } from '../../stats/special/normal.ts';
import { contribution } from '../contribution.ts';
import { logit } from '../log-odds.ts';
import type { RiskScore } from '../risk-score.ts';
import type { Scorecard } from '../scorecard.ts';
import type { SeenAccount } from './total-interval.ts';
import type { ValuedRisk } from './valued-risk.ts';

/**
 * A score as the portfolio takes it. Margin is recurring value times the company's own gross margin share; without that
 * share it is `null`, and revenue never takes its place (rule 13).
 */
export function valueScore(
  account: Pick<Account, 'id' | 'ownerId' | 'industry'>,
  facts: AccountFacts,
  score: RiskScore,
  grossMargin: number | null,
): ValuedRisk {
  const revenue = facts.recurring?.minor ?? null;
  const [low, high] = score.interval;
  const { daysToDecision, on } = facts;
  const decides =
    score.model === 'contract' && on !== undefined && daysToDecision !== null && daysToDecision !== undefined;
  return {
    ...{ accountId: account.id, ownerId: account.ownerId, segment: account.industry, model: score.model },
    probability: score.churnProbability,
    variance: ((logit(high) - logit(low)) / (2 * Z90)) ** 2,
    horizonDays: score.horizonDays,
    decidesOn: decides ? addDays(on, daysToDecision) : null,
    contraction: score.contraction && {
      probability: score.contraction.probability,
      share: score.contraction.expectedShare,
    },
    annualMargin: revenue === null || grossMargin === null ? null : Math.round(revenue * grossMargin),
    annualRevenue: revenue,
    tenureDays: facts.tenureDays ?? null,
  };
}

/** What the account's chance was made from, for the interval of a total. */
export function seeAccount(facts: AccountFacts, score: Pick<RiskScore, 'model'>, card: Scorecard): SeenAccount {
  return {
    model: score.model,
    swings: Float64Array.from(card.rows, (row) => contribution(row, facts)?.swings ?? Number.NaN),
  };
}
