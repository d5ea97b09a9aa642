import { DAY_MS } from '../model/dates.ts';
import type { Feature } from './feature.ts';
import { latestNps } from './latest-nps.ts';

/** Whole days since the newest NPS answer; it makes the answer fade and carries no points of its own. */
export const npsAgeDays: Feature = {
  id: 'npsAgeDays',
  title: 'Age of the NPS answer',
  group: 'sentiment',
  unit: 'days',
  asOfSource: 'record',
  missingRule: 'null without an NPS answer in the last 365 days',
  compute: (slice) => {
    const answered = latestNps(slice).map((it) => it.respondedAt);
    return answered.length === 0 ? null : Math.floor((slice.asOf - Math.max(...answered)) / DAY_MS);
  },
};
