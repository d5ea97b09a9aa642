import type { ReferralClaim, StateChange } from '../entities/referral.ts';

/** The step that says why a claim stands where it stands, and since when: that its records were merged says nothing of it. */
export function lastStep({ history }: Pick<ReferralClaim, 'history'>): StateChange | undefined {
  const last = history.at(-1);
  return last?.event === 'merge' ? history.findLast(({ event }) => event !== 'merge') : last;
}
