import { formatInstant, type Instant } from '../../model/dates.ts';
import type { CapInterval } from '../entities/program.ts';
import type { RewardCap } from '../entities/reward-rule.ts';
import type { RewardRecord } from './reward-record.ts';

const INTERVALS: readonly CapInterval[] = ['month', 'quarter', 'year', 'lifetime'];

type Counted = Pick<
  RewardRecord,
  'programId' | 'ruleId' | 'participantId' | 'caseId' | 'earnedAt' | 'personal' | 'beneficiary'
>;

/** The interval that an instant falls in, by the calendar of UTC: `2026-11`, `2026-Q4`, `2026`, `all`. */
export function capBucket(at: Instant, interval: CapInterval): string {
  if (interval === 'lifetime') return 'all';
  const [year = '', month = ''] = formatInstant(at).split('-');
  if (interval === 'year') return year;
  return interval === 'month' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** Under which name a cap of a rule counts what a reward takes: a cap counts what its own rule gives, all versions. */
export function capKey(reward: Counted, scope: RewardCap['scope'], interval: CapInterval): string {
  const of = { participant: reward.participantId, program: '', opportunity: reward.caseId }[scope];
  return [scope, capBucket(reward.earnedAt, interval), reward.programId, reward.ruleId, of].join('\n');
}

/** The budget of a program counts what all its rules give. */
export function budgetKey(reward: Counted, interval: CapInterval): string {
  return ['budget', capBucket(reward.earnedAt, interval), reward.programId].join('\n');
}

/** Gifts to one person in a calendar year, from all programs in one currency. */
export function giftKey(reward: Counted, currency: string): string {
  return ['gift', capBucket(reward.earnedAt, 'year'), currency, reward.beneficiary.partyId].join('\n');
}

/** Every count that a reward adds to, also those without a cap today: one may come with the next version of the rule. */
export function countedKeys(reward: Counted, currency: string): readonly string[] {
  const keys = INTERVALS.flatMap((interval) => [
    capKey(reward, 'participant', interval),
    capKey(reward, 'program', interval),
    capKey(reward, 'opportunity', interval),
    budgetKey(reward, interval),
  ]);
  return reward.personal ? [...keys, giftKey(reward, currency)] : keys;
}
