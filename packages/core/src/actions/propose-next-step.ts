import { strongestRise } from '../retention/main-reason.ts';
import type { RiskScore } from '../retention/risk-score.ts';
import { type ActionWorth, missingForValue, nextBestActions, UNPRICED } from './next-best-actions.ts';
import { FIND_OUT_STEP, PLAYBOOKS, type Playbook, STEADY_STEP } from './playbooks.ts';

type Scored = Pick<RiskScore, 'drivers' | 'mainReason' | 'logOdds' | 'churnProbability' | 'revenueInHorizon'>;

/**
 * The one step to propose, at most 255 characters. Where its value can be told: the step of most expected value, or to
 * keep the rhythm where none pays. Otherwise the playbook of the strongest driver that raises the risk.
 */
export function proposeNextStep(
  score: Scored,
  worth: ActionWorth = UNPRICED,
  playbooks: readonly Playbook[] = PLAYBOOKS,
): string {
  // asked for every account of a book: no values are reckoned where none can be told
  const [best] = missingForValue(worth).length === 0 ? nextBestActions(score, worth, playbooks) : [];
  if (best?.value) return best.worthIt ? best.playbook.step : STEADY_STEP;
  const driver = strongestRise(score.drivers);
  const playbook = driver === null ? undefined : playbooks.find((it) => it.driver === driver.feature);
  if (playbook) return playbook.step;
  return score.mainReason === 'missing_data' ? FIND_OUT_STEP : STEADY_STEP;
}
