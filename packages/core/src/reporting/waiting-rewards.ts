import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { Money } from '../model/money.ts';
import type { ReasonCode } from '../referral/entities/index.ts';
import { openMinor, type RewardBook, type RewardRecord } from '../referral/rewards/index.ts';

/** A reward that goes on only when a person does something; ids only. */
export interface WaitingReward {
  readonly key: string;
  readonly programId: string;
  readonly opportunityId: Id | null;
  /** What is open of it; of an applied benefit what is asked back. */
  readonly money: Money;
  readonly earnedAt: Instant;
  readonly reason: ReasonCode;
  /** `approve`: approve or reject it; `rule`: a dispute needs its ruling; `enter`: a fact is missing; `benefit`: take an applied benefit back or not. */
  readonly needs: 'approve' | 'rule' | 'enter' | 'benefit';
}

/** Held for its holding period alone: time releases it. */
const TIME_ALONE: readonly ReasonCode[] = ['accepted', 'cap_reached'];
const FACT_MISSING: readonly ReasonCode[] = ['participant_not_active', 'residence_unknown'];

/** Rewards that wait for a person, those that were earned first before the others. */
export function waitingRewards({ unsettled }: Pick<RewardBook, 'unsettled'>): readonly WaitingReward[] {
  const waiting = unsettled().filter(waitsForPerson);
  return waiting.sort((a, b) => a.earnedAt - b.earnedAt || (a.key < b.key ? -1 : 1)).map(shown);
}

function waitsForPerson({ state, reason, holds }: RewardRecord): boolean {
  if (state === 'review_required') return true;
  return state === 'held' && (holds.length > 0 || !TIME_ALONE.includes(reason));
}

function shown(record: RewardRecord): WaitingReward {
  const { key, programId, opportunityId, amount, earnedAt, owedBack } = record;
  const reason = record.holds[0] ?? record.reason;
  const money = { minor: owedBack > 0 ? owedBack : openMinor(record), currency: amount.currency };
  return { key, programId, opportunityId, money, earnedAt, reason, needs: needOf(record, reason) };
}

function needOf({ owedBack }: RewardRecord, reason: ReasonCode): WaitingReward['needs'] {
  if (owedBack > 0) return 'benefit';
  if (reason === 'dispute_open') return 'rule';
  return FACT_MISSING.includes(reason) ? 'enter' : 'approve';
}
