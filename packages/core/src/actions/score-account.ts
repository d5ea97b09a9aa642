import type { AccountFacts } from '../features/facts.ts';
import type { RiskScore } from '../retention/risk-score.ts';
import { type ScoreOptions, scoreRisk } from '../retention/score-risk.ts';
import { proposeNextStep } from './propose-next-step.ts';

/** A score with the step it proposes. */
export interface AccountScore extends RiskScore {
  /** At most 255 characters, naming no person. */
  readonly nextStep: string;
}

/**
 * From a plain object of facts to a score with reasons and a next step. Pure; every fact is optional and a missing one
 * is neutral. The points are assumptions (docs/scores/retention-first-form.md).
 *
 * @example
 * const score = scoreAccount({ model: 'contract', seatsUsedShare: 0.4, openUrgentTickets: 1, npsLast: 4, npsAgeDays: 20 });
 */
export function scoreAccount(facts: AccountFacts, options: ScoreOptions = {}): AccountScore {
  const score = scoreRisk(facts, options);
  return { ...score, nextStep: proposeNextStep(score) };
}
