import type { AccountFacts } from '../features/facts.ts';
import type { RiskScore } from '../retention/risk-score.ts';
import { type ScoreOptions, scoreRisk } from '../retention/score-risk.ts';
import type { ActionWorth } from './next-best-actions.ts';
import { STEADY_STEP } from './playbooks.ts';
import { proposeNextStep } from './propose-next-step.ts';

/** A score with the step it proposes. */
export interface AccountScore extends RiskScore {
  /** At most 255 characters, naming no person. */
  readonly nextStep: string;
}

export interface AccountScoreOptions extends ScoreOptions {
  /** What the value of a step is reckoned with; without it the strongest driver's step is proposed. */
  readonly worth?: ActionWorth;
  /** The account is held out, to measure by: no step of its own is proposed, so that nobody acts because of the score. */
  readonly heldOut?: boolean;
}

/**
 * From a plain object of facts to a score with reasons and a next step. Pure; every fact is optional and a missing one
 * is neutral. The points are assumptions (docs/scores/retention-first-form.md).
 *
 * @example
 * const score = scoreAccount({ model: 'contract', seatsUsedShare: 0.4, openUrgentTickets: 1, npsLast: 4, npsAgeDays: 20 });
 */
export function scoreAccount(facts: AccountFacts, options: AccountScoreOptions = {}): AccountScore {
  const score = scoreRisk(facts, options);
  return { ...score, nextStep: options.heldOut ? STEADY_STEP : proposeNextStep(score, options.worth) };
}
