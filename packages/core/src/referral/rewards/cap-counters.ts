import { formatInstant, type Instant } from '../../model/dates.ts';
import type { CapInterval } from '../entities/program.ts';
import type { RewardCap } from '../entities/reward-rule.ts';
import type { RewardRecord } from './reward-record.ts';

/** What of a reward decides against which caps it counts. */
export type CountedReward = Pick<
  RewardRecord,
  'programId' | 'ruleId' | 'participantId' | 'caseId' | 'earnedAt' | 'personal' | 'beneficiary' | 'asked'
>;

/** How a cap counts: the name of the count that a reward adds to, `null`: none. `id` is the same for the same cap. */
export interface CapCounter {
  readonly id: string;
  readonly countOf: (reward: CountedReward) => string | null;
}

/** The interval that an instant falls in, by the calendar of UTC: `2026-11`, `2026-Q4`, `2026`, `all`. */
function capBucket(at: Instant, interval: CapInterval): string {
  if (interval === 'lifetime') return 'all';
  const [year = '', month = ''] = formatInstant(at).split('-');
  if (interval === 'year') return year;
  return interval === 'month' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** A cap of a rule counts what its own rule gives, in all its versions. */
export function capCounter(programId: string, ruleId: string, { scope, interval }: RewardCap): CapCounter {
  return {
    id: ['cap', scope, interval, programId, ruleId].join('\n'),
    countOf: (reward) => {
      if (reward.ruleId !== ruleId || reward.programId !== programId) return null;
      const of = scope === 'program' ? '' : scope === 'participant' ? reward.participantId : reward.caseId;
      return `${capBucket(reward.earnedAt, interval)} ${of}`;
    },
  };
}

/** The budget of a program counts what all its rules give. */
export function budgetCounter(programId: string, interval: CapInterval): CapCounter {
  return {
    id: ['budget', interval, programId].join('\n'),
    countOf: (reward) => (reward.programId === programId ? capBucket(reward.earnedAt, interval) : null),
  };
}

/** Gifts to one person in a calendar year, from all programs in one currency. */
export function giftCounter(currency: string): CapCounter {
  return {
    id: `gift\n${currency}`,
    countOf: (reward) =>
      reward.personal && reward.asked.currency === currency
        ? `${capBucket(reward.earnedAt, 'year')} ${reward.beneficiary.partyId}`
        : null,
  };
}
