import { dayInZone, type Instant, type Money, moneyFromDecimal, type ReferralEvent, refuse } from '@holdfast/core';
import { exactMoney } from '../referrals/exact-money.ts';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import { refusalError } from '../referrals/refusal.ts';
import { confirmedProfile } from '../session/session.ts';
import { columns } from '../text/columns.ts';
import { words } from '../text/format.ts';

/** What was given back of a sale, and how its rewards stand now. */
export interface RefundedSale {
  readonly opportunityId: string;
  readonly amount: Money;
  /** What is left of the sale. */
  readonly left: Money;
  /** `false`: the same refund was taken before. */
  readonly isNew: boolean;
  readonly rewards: readonly { readonly key: string; readonly state: string; readonly left: Money }[];
}

/**
 * Takes that a part of a won sale was given back; no CRM tells it apart from a correction. Its rewards are taken back in
 * proportion, to the minor unit. Of one sale, day and amount there is one refund: the same again changes nothing. Refused:
 * a sale without a claim or that was not won, and more than is left of it.
 */
export async function refundStep(
  desk: ReferralDesk,
  sale: string,
  given: { readonly amount: string; readonly at: Instant },
): Promise<RefundedSale> {
  const { state, now, session } = desk;
  const opportunityId = await session.store.resolve(sale);
  const known = state.sales.get(opportunityId);
  const whole = known?.won?.amount ?? null;
  if (!known?.won || whole === null)
    throw refusalError(refuse('illegal_transition', `${sale} is no sale that was won for an amount and claimed.`));
  if (given.at < known.won.occurredAt) throw refusalError(refuse('clock_backwards', 'The sale was won later.'));
  const amount = moneyFromDecimal(given.amount, whole.currency);
  if (amount === null || amount.minor <= 0)
    throw refusalError(refuse('negative_amount', `"${given.amount}" is no amount above zero. Give one like 250.00.`));
  const day = dayInZone(given.at, confirmedProfile(session.config).timeZone);
  const key = `refunded ${opportunityId} ${amount.minor} ${day}`;
  const isNew = !state.seen.has(key);
  const before = known.events.reduce((sum, it) => sum + (it.type === 'refunded' ? (it.amount?.minor ?? 0) : 0), 0);
  const left = whole.minor - before - (isNew ? amount.minor : 0);
  if (left < 0) {
    const rest = exactMoney({ ...whole, minor: whole.minor - before });
    throw refusalError(refuse('illegal_transition', `Of ${sale} only ${rest} is left to give back.`));
  }
  const at = { occurredAt: given.at, recordedAt: now };
  const progress = { key, type: 'refunded', subjectId: known.subjectId, opportunityId, ...at, amount } as const;
  const events: readonly ReferralEvent[] = [
    { key, ...at, kind: 'progress', progress },
    { key: `day ${now}`, occurredAt: now, recordedAt: now, kind: 'day' },
  ];
  if (isNew) await desk.take(events, key);
  const rewards = state.rewards.ofCase(opportunityId).map((it) => {
    return { key: it.key, state: it.state, left: { ...it.amount, minor: it.amount.minor - it.reversed } };
  });
  return { opportunityId, amount, left: { ...whole, minor: left }, isNew, rewards };
}

/** Whether something was given out before that a rule cannot take back. */
export function waitsForPerson(rewards: RefundedSale['rewards']): boolean {
  return rewards.some((it) => it.state === 'review_required');
}

/** The same for a person. */
export function refundedText({ opportunityId, amount, left, isNew, rewards }: RefundedSale): string {
  return [
    `${isNew ? 'Taken' : 'Taken before'}: ${exactMoney(amount)} of ${opportunityId} was given back; ${exactMoney(left)} is left.`,
    ...columns(rewards.map((it) => [it.key, words(it.state), exactMoney(it.left)])),
    ...(waitsForPerson(rewards)
      ? [
          'Given out before the refund: `holdfast referrals fulfil REWARD --why TEXT` lets it stand, `reject` takes it back.',
        ]
      : []),
  ].join('\n');
}
