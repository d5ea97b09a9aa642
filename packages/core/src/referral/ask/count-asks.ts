import type { ShareFigure } from '../../metrics/figure.ts';
import { wilson } from '../../stats/calibration/index.ts';
import { ASK_TRIGGERS, type AskTrigger } from './ask-policy.ts';
import type { ReferralAsk } from './referral-ask.ts';

/** What came of the asks of one trigger. */
export interface AskCounts {
  readonly trigger: AskTrigger;
  readonly asked: number;
  readonly accepted: number;
  readonly declined: number;
  readonly ignored: number;
  readonly open: number;
  /** Accepted of those with an outcome, with its 90 % interval (Wilson). */
  readonly acceptance: ShareFigure;
}

/** Outcomes by trigger, for all triggers in their usual order. */
export function countAsks(asks: readonly ReferralAsk[]): readonly AskCounts[] {
  return ASK_TRIGGERS.map((trigger) => {
    const of = asks.filter((it) => it.trigger === trigger);
    const count = (outcome: ReferralAsk['outcome']) => of.filter((it) => it.outcome === outcome).length;
    const [accepted, open] = [count('accepted'), count(null)];
    const [declined, ignored] = [count('declined'), count('ignored')];
    return {
      trigger,
      asked: of.length,
      accepted,
      declined,
      ignored,
      open,
      acceptance: share(accepted, of.length - open),
    };
  });
}

function share(accepted: number, settled: number): ShareFigure {
  if (settled === 0) return { value: null, n: 0, reason: 'no ask has an outcome', interval: null };
  const { low, high } = wilson(accepted, settled, 0.9);
  return { value: accepted / settled, n: settled, reason: null, interval: [low, high] };
}
