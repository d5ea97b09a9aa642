import type { Money } from '../model/money.ts';
import { logistic } from '../retention/log-odds.ts';
import { WORTH_NAMING } from '../retention/main-reason.ts';
import type { RiskScore } from '../retention/risk-score.ts';
import { PLAYBOOKS, type Playbook } from './playbooks.ts';

/** A step worth taking, with what it may keep. The effect is assumed until actions and their outcomes are logged. */
export interface NextAction {
  readonly playbook: Playbook;
  /** By how much the chance of loss would fall, 0 to 1. */
  readonly probabilityDrop: number;
  /** That drop times the recurring value in the horizon; `null` when the value is unknown. */
  readonly keeps: Money | null;
  readonly assumed: true;
}

/**
 * The steps for an account, best first: most chance of loss removed per hour of work (its value is the same for all of
 * them), then by driver. Only drivers that raise the risk and have a playbook.
 */
export function nextBestActions(
  score: Pick<RiskScore, 'drivers' | 'logOdds' | 'churnProbability' | 'revenueInHorizon'>,
  playbooks: readonly Playbook[] = PLAYBOOKS,
): readonly NextAction[] {
  return score.drivers
    .filter((driver) => driver.logOdds >= WORTH_NAMING)
    .flatMap((driver) => {
      const playbook = playbooks.find((it) => it.driver === driver.feature);
      if (!playbook) return [];
      const drop = score.churnProbability - logistic(score.logOdds - playbook.effect * driver.logOdds);
      return [{ playbook, probabilityDrop: drop, keeps: part(score.revenueInHorizon, drop), assumed: true as const }];
    })
    .sort(
      (a, b) =>
        b.probabilityDrop / b.playbook.hours - a.probabilityDrop / a.playbook.hours ||
        (a.playbook.driver < b.playbook.driver ? -1 : 1),
    );
}

const part = (money: Money | null, share: number): Money | null =>
  money && { minor: Math.round(money.minor * share), currency: money.currency };
