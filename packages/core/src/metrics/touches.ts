import { DAY_MS, type Instant } from '../model/dates.ts';
import type { Activity } from '../model/types.ts';

/**
 * Dealings with the customer: calls, mails and meetings that people recorded. Notes and tasks are inward, and records of
 * our own (`byUs`) never count: the score would feed itself.
 */
export function touches(activities: readonly Activity[]): readonly (Activity & { readonly occurredAt: Instant })[] {
  return activities.filter(
    (it): it is Activity & { readonly occurredAt: Instant } =>
      !it.byUs && it.occurredAt !== null && it.kind !== 'note' && it.kind !== 'task',
  );
}

/** The touches of the last `days` days before `asOf`. */
export function recentTouches(activities: readonly Activity[], asOf: Instant, days: number) {
  const since = asOf - days * DAY_MS;
  return touches(activities).filter((it) => it.occurredAt > since && it.occurredAt <= asOf);
}

/** A meeting, or something that came from the customer: proof that the other side answers. */
export function isTwoWay(activity: Pick<Activity, 'kind' | 'direction'>): boolean {
  return activity.kind === 'meeting' || activity.direction === 'inbound';
}
