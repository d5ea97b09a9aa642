import type { Instant } from '../../model/dates.ts';
import type { AttributionPolicy } from '../entities/attribution-policy.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { endOf } from './clocks.ts';

/** Where the follow-up of a referral stands. `due`: the first contact is awaited, in time still. */
export type FollowUpStanding = 'none' | 'due' | 'overdue' | 'escalated' | 'done';

export interface FollowUp {
  readonly standing: FollowUpStanding;
  /** The first contact is late from here on; `null` where none is awaited. */
  readonly dueAt: Instant | null;
  /** From here on the delay goes to whoever answers for the account owner. */
  readonly escalatesAt: Instant | null;
}

const DEFAULT_FOLLOW_UP = { contactWithinDays: 3, escalateAfterDays: 10 };

/**
 * The follow-up clock of a referral: runs from the instant at which it was taken up (accepted, noted or promoted) until
 * somebody of ours made the first contact. `none`: it was not taken up, or ended without any.
 */
export function followUp(claim: ReferralClaim, policy: AttributionPolicy, asOf: Instant): FollowUp {
  const isContacted = claim.history.some((it) => CONTACT.includes(it.event));
  if (isContacted) return { standing: 'done', dueAt: null, escalatesAt: null };
  const isAwaited = claim.state === 'accepted' || claim.state === 'influenced';
  const takenUp = claim.history.findLast((it) => it.to === claim.state && it.from !== claim.state);
  if (!isAwaited || takenUp === undefined) return { standing: 'none', dueAt: null, escalatesAt: null };
  const { contactWithinDays, escalateAfterDays } = policy.followUp ?? DEFAULT_FOLLOW_UP;
  const dueAt = endOf(takenUp.at, contactWithinDays);
  const escalatesAt = endOf(takenUp.at, escalateAfterDays);
  const standing = asOf < dueAt ? 'due' : asOf < escalatesAt ? 'overdue' : 'escalated';
  return { standing, dueAt, escalatesAt };
}

const CONTACT: readonly string[] = ['contacted', 'qualified', 'opportunity_opened', 'won'];
