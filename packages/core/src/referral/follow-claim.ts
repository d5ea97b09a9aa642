import { addDays, type CalendarDay, dayInZone } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { Opportunity, ReferralCredit, ReferralState } from '../model/types.ts';
import { opportunityKind, opportunityState } from '../snapshot/opportunity-meaning.ts';
import type { ReferralPolicy } from './policy.ts';
import type { ReferralReason } from './referral.ts';

export interface Followed {
  readonly state: ReferralState;
  readonly credit: ReferralCredit | null;
  readonly reason: ReferralReason;
  readonly opportunityId: string | null;
}

export interface FollowInput {
  readonly claimedOn: CalendarDay;
  readonly today: CalendarDay;
  /** The first day that belongs to a later claim on the same party; `null` when there is none. */
  readonly untilOn: CalendarDay | null;
  readonly opportunities: readonly Opportunity[];
  readonly churnedOn: CalendarDay | null;
  readonly profile: OrgProfile;
  readonly policy: ReferralPolicy;
}

type Kind = 'sourced' | 'influenced';
interface Step {
  readonly id: string;
  readonly openedOn: CalendarDay;
  readonly closedOn: CalendarDay | null;
  readonly state: 'open' | 'won' | 'lost';
  readonly isNew: boolean;
}

/** Follows an accepted claim on the party's opportunities to its state on a day. */
export function followClaim(input: FollowInput): Followed {
  const { claimedOn, untilOn } = input;
  const steps = stepsOf(input);
  const wonBefore = steps.some((it) => it.state === 'won' && (it.closedOn ?? it.openedOn) < claimedOn);
  const openAtClaim = steps.filter(
    (it) => it.openedOn < claimedOn && (it.closedOn === null || it.closedOn >= claimedOn),
  );
  const kind: Kind = wonBefore || openAtClaim.length > 0 ? 'influenced' : 'sourced';
  const basis: ReferralReason = wonBefore
    ? 'existing_customer'
    : kind === 'influenced'
      ? 'open_opportunity'
      : 'first_valid_claim';
  const later = steps.filter(
    (it) =>
      it.openedOn >= claimedOn && (untilOn === null || it.openedOn < untilOn) && (kind === 'influenced' || it.isNew),
  );
  const inTracking = later.filter((it) => it.openedOn <= addDays(claimedOn, input.policy.trackingDays));
  const first = [...openAtClaim, ...inTracking][0];
  if (!first) return withoutOpportunity(input, kind, basis);
  return outcome(input, first, later, kind, basis);
}

function stepsOf({ opportunities, profile, today }: FollowInput): readonly Step[] {
  return opportunities
    .flatMap((it): Step[] => {
      const state = opportunityState(it, profile, today);
      if (state === 'ignored') return [];
      const openedOn = it.createdAt === null ? (it.closeOn ?? today) : dayInZone(it.createdAt, profile.timeZone);
      const isNew = opportunityKind(it, profile) === 'new';
      return [{ id: it.id, openedOn, closedOn: state === 'open' ? null : (it.closeOn ?? openedOn), state, isNew }];
    })
    .sort((a, b) => (a.openedOn === b.openedOn ? (a.id < b.id ? -1 : 1) : a.openedOn < b.openedOn ? -1 : 1));
}

function withoutOpportunity(input: FollowInput, kind: Kind, basis: ReferralReason): Followed {
  if (input.today > addDays(input.claimedOn, input.policy.trackingDays)) {
    const reason = basis === 'existing_customer' ? 'claimed_after_won' : 'tracking_window_passed';
    return { state: 'expired', credit: 'none', reason, opportunityId: null };
  }
  return { state: kind === 'sourced' ? 'accepted' : 'influenced', credit: null, reason: basis, opportunityId: null };
}

function outcome(input: FollowInput, first: Step, later: readonly Step[], kind: Kind, basis: ReferralReason): Followed {
  const deadline = addDays(input.claimedOn, input.policy.creditDays);
  const passed: Followed = {
    state: 'expired',
    credit: 'none',
    reason: 'credit_window_passed',
    opportunityId: first.id,
  };
  if (first.state === 'open') {
    if (input.today > deadline) return passed;
    return {
      state: kind === 'sourced' ? 'opportunity' : 'influenced',
      credit: null,
      reason: basis,
      opportunityId: first.id,
    };
  }
  if (first.state === 'won') {
    return (first.closedOn ?? first.openedOn) > deadline ? passed : won(input, first, kind, basis);
  }
  const again = later.find((it) => it.openedOn > (first.closedOn ?? first.openedOn) && it.openedOn <= deadline);
  if (!again) return { state: 'lost', credit: 'none', reason: basis, opportunityId: first.id };
  const next = outcome(input, again, later, kind, basis);
  return again.state === 'open' && next.state !== 'expired' ? { ...next, state: 'reopened' } : next;
}

function won(input: FollowInput, step: Step, kind: Kind, basis: ReferralReason): Followed {
  const retainedOn = addDays(step.closedOn ?? step.openedOn, input.policy.retainedDays);
  const left = input.churnedOn !== null && input.churnedOn <= input.today && input.churnedOn <= retainedOn;
  const state = !left && input.today >= retainedOn ? 'retained' : 'won';
  return { state, credit: kind, reason: left ? 'left_before_retained' : basis, opportunityId: step.id };
}
