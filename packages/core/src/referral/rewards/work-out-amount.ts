import { convert, type ExchangeRate, percentOf } from '../../ledger/index.ts';
import { dayInZone } from '../../model/dates.ts';
import type { Money } from '../../model/money.ts';
import type { QualifyingEvent } from '../entities/qualifying-event.ts';
import { type Refusal, refuse } from '../entities/reason-code.ts';
import type { RewardRule } from '../entities/reward-rule.ts';

/** What a rule gives for an event before shares and caps, in the program's currency. */
export interface WorkedOut {
  readonly refused: false;
  readonly minor: number;
  readonly basis: Money | null;
  readonly rate: ExchangeRate | null;
}

/**
 * The amount of a rule: flat, or basis points of the event's amount at the rate of its day (UTC), a half to the even
 * neighbour; the last tier that `wonCount` has reached replaces it. A percent of nothing known, one that does not say it
 * discloses the amount (rule 8), and a currency without a rate are refused.
 */
export function workOutAmount(
  rule: RewardRule,
  event: QualifyingEvent,
  currency: string,
  wonCount: number,
  rates: readonly ExchangeRate[],
): WorkedOut | Refusal {
  if (rule.kind === 'recognition') return { refused: false, minor: 0, basis: event.amount, rate: null };
  const tiers = rule.tiers.filter((it) => it.fromWon <= wonCount);
  const amount = tiers.reduce((best, it) => (it.fromWon >= best.fromWon ? it : best), {
    fromWon: 0,
    amount: rule.amount,
  }).amount;
  if ('flat' in amount) {
    if (!isAmount(amount.flat)) return refuse('negative_amount', `The rule ${rule.id} gives ${amount.flat}.`);
    return { refused: false, minor: amount.flat, basis: event.amount, rate: null };
  }
  if (!isAmount(amount.percent)) return refuse('negative_amount', `The rule ${rule.id} gives ${amount.percent}.`);
  if (event.amount === null) return refuse('not_eligible_for_reward', 'The event has no amount to take a percent of.');
  if (amount.disclosesAmount !== true) {
    return refuse('not_eligible_for_reward', `The rule ${rule.id} must state that a percent discloses the amount.`);
  }
  const basis = convert(event.amount, currency, dayInZone(event.occurredAt, 'UTC'), rates);
  if (basis.refused) return refuse('no_rate', basis.detail);
  const minor = percentOf(basis.money.minor, amount.percent);
  return { refused: false, minor, basis: event.amount, rate: basis.rate };
}

/** Whole minor units or basis points, none below 0. */
export function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
