import { strongestRise } from '../retention/main-reason.ts';
import type { RiskScore } from '../retention/risk-score.ts';
import { FIND_OUT_STEP, PLAYBOOKS, type Playbook, STEADY_STEP } from './playbooks.ts';

/** The one step to propose: the playbook of the strongest driver that raises the risk. At most 255 characters. */
export function proposeNextStep(
  score: Pick<RiskScore, 'drivers' | 'mainReason'>,
  playbooks: readonly Playbook[] = PLAYBOOKS,
): string {
  const driver = strongestRise(score.drivers);
  const playbook = driver === null ? undefined : playbooks.find((it) => it.driver === driver.feature);
  if (playbook) return playbook.step;
  return score.mainReason === 'missing_data' ? FIND_OUT_STEP : STEADY_STEP;
}
