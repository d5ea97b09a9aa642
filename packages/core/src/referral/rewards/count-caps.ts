import type { CapCounter, CountedReward } from './cap-counters.ts';
import type { RewardRecord } from './reward-record.ts';

/** Counts for the caps that were ever asked for, kept up to date with every reward. */
export interface CapCounts {
  /** Minor units that stand against the cap which the reward falls under. */
  readonly used: (counter: CapCounter, reward: CountedReward) => number;
  /** A reward came (`before` undefined) or changed. */
  readonly update: (before: RewardRecord | undefined, now: RewardRecord) => void;
}

interface Count {
  readonly counter: CapCounter;
  readonly sums: Map<string, number>;
}

/**
 * Counts by cap. A cap that is asked for the first time is counted from all rewards, so a rule may gain one at any time,
 * and only caps that exist cost anything.
 */
export function openCapCounts(rewards: () => Iterable<RewardRecord>): CapCounts {
  const counts = new Map<string, Count>();
  const open = (counter: CapCounter): Count => {
    const count = { counter, sums: new Map<string, number>() };
    for (const it of rewards()) add(count, it, 1);
    counts.set(counter.id, count);
    return count;
  };
  return {
    used: (counter, reward) => {
      const { sums } = counts.get(counter.id) ?? open(counter);
      return sums.get(counter.countOf(reward) ?? '') ?? 0;
    },
    update: (before, now) => {
      if (before && before.reversed === now.reversed && isSamePlace(before, now)) return;
      for (const count of counts.values()) {
        if (before) add(count, before, -1);
        add(count, now, 1);
      }
    },
  };
}

function add({ counter, sums }: Count, reward: RewardRecord, sign: 1 | -1): void {
  const name = counter.countOf(reward);
  if (name !== null) sums.set(name, (sums.get(name) ?? 0) + sign * (reward.amount.minor - reward.reversed));
}

/** A merge moves what was given under the caps of the survivor. */
function isSamePlace(before: RewardRecord, now: RewardRecord): boolean {
  const isSameParty = before.beneficiary.partyId === now.beneficiary.partyId;
  return isSameParty && before.participantId === now.participantId && before.caseId === now.caseId;
}
