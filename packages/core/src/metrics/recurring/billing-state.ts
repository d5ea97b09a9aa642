import { addDays, type CalendarDay } from '../../model/dates.ts';
import { GRACE_DAYS } from '../../snapshot/classify-account.ts';

/** What is known of a subscription's payments. */
export interface Billing {
  readonly pausedOn: CalendarDay | null;
  /** The first day of an unpaid invoice that is still open. */
  readonly pastDueOn: CalendarDay | null;
}

/** Whether a subscription counts as running, and if not since when and why. */
export type BillingState =
  | { readonly state: 'running' }
  | { readonly state: 'paused' | 'past-due'; readonly since: CalendarDay; readonly churnsOn: CalendarDay }
  | { readonly state: 'churned'; readonly churnedOn: CalendarDay; readonly reason: 'paused' | 'unpaid' };

/**
 * The state of a subscription on a day. Paused and past due are states of their own: their revenue stays in both ends of
 * a window and out of movements until the grace period ends, then it is churn with its reason (unpaid: involuntary). The
 * earlier of the two decides.
 *
 * @example
 * billingState({ pausedOn: null, pastDueOn: '2026-01-01' }, '2026-03-03').state; // 'churned': 60 days were over on 2 March
 */
export function billingState(billing: Billing, on: CalendarDay, graceDays: number = GRACE_DAYS): BillingState {
  const { pausedOn, pastDueOn } = billing;
  const paused = pausedOn !== null && pausedOn <= on ? pausedOn : null;
  const pastDue = pastDueOn !== null && pastDueOn <= on ? pastDueOn : null;
  const unpaidFirst = pastDue !== null && (paused === null || pastDue <= paused);
  const since = unpaidFirst ? pastDue : paused;
  if (since === null) return { state: 'running' };
  const churnsOn = addDays(since, graceDays);
  if (on > churnsOn) return { state: 'churned', churnedOn: churnsOn, reason: unpaidFirst ? 'unpaid' : 'paused' };
  return { state: unpaidFirst ? 'past-due' : 'paused', since, churnsOn };
}
