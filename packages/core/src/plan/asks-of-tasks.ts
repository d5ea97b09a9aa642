import type { Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import { readAskKey } from '../referral/ask/referral-ask.ts';
import type { ReferralEvent } from '../referral/entities/referral-event.ts';
import type { MadeTask } from './task-history.ts';

/**
 * Asks that were made by our tasks: somebody who closes the task has asked, on the day on which it was closed. Those of
 * people who were erased do not come back.
 */
export function asksOfTasks(
  history: readonly MadeTask[],
  now: Instant,
  erased: ReadonlySet<Id> = new Set(),
): readonly ReferralEvent[] {
  return history.flatMap(({ key, standing, accountId, ownerId, endedOn }): ReferralEvent[] => {
    const askKey = key.replace(/ #\d+$/, '');
    const read = readAskKey(askKey);
    if (standing !== 'done' || read === null || accountId === null || endedOn === null) return [];
    if (erased.has(read.contactId)) return [];
    const ask = { ...read, key: askKey, accountId, ownerId, askedOn: endedOn, outcome: null, answeredOn: null };
    return [{ key: askKey, occurredAt: now, recordedAt: now, kind: 'ask', ask, by: 'task' }];
  });
}
