import { DAY_MS } from '../model/dates.ts';
import type { SurveyResponse } from '../model/types.ts';
import type { AccountSlice } from '../snapshot/slice.ts';

/** Each respondent's latest NPS answer of the last 365 days; answers without a contact count one by one. */
export function latestNps(slice: AccountSlice): readonly SurveyResponse[] {
  const since = slice.asOf - 365 * DAY_MS;
  const latest = new Map<string, SurveyResponse>();
  for (const answer of slice.surveys) {
    if (answer.kind !== 'nps' || answer.respondedAt <= since) continue;
    const who = answer.contactId ?? answer.id;
    const best = latest.get(who);
    if (!best || answer.respondedAt > best.respondedAt) latest.set(who, answer);
  }
  return [...latest.values()];
}
