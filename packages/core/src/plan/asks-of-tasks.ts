import type { Instant } from '../model/dates.ts';
import { readAskKey } from '../referral/ask/referral-ask.ts';
import type { ReferralEvent } from '../referral/entities/referral-event.ts';
import type { MadeTask } from './task-history.ts';

/** Asks that were made by our tasks: somebody who closes the task has asked, on the day on which it was closed. */
export function asksOfTasks(history: readonly MadeTask[], now: Instant): readonly ReferralEvent[] {
  return history.flatMap(({ key, standing, accountId, ownerId, endedOn }): ReferralEvent[] => {
    const askKey = key.replace(/ #\d+$/, '');
    const read = readAskKey(askKey);
    if (standing !== 'done' || read === null || accountId === null || endedOn === null) return [];
    const ask = { ...read, key: askKey, accountId, ownerId, askedOn: endedOn, outcome: null, answeredOn: null };
    return [{ key: askKey, occurredAt: now, recordedAt: now, kind: 'ask', ask, by: 'task' }];
  });
}
