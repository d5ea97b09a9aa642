import { daysBetween } from '../model/dates.ts';
import type { Feature } from './feature.ts';

/** Natural logarithm of use in the last whole period of about 30 days over the mean of the 90 days before (one added to each). */
export const usageTrend: Feature = {
  id: 'usageTrend',
  title: 'Use in the last month',
  group: 'usage',
  unit: 'log ratio',
  asOfSource: 'record',
  missingRule: 'null without a whole period begun in the last 75 days and at least two in the 95 days before it',
  compute: (slice, { today }) => {
    // A period covers about 30 days from `periodOn`; one that has not ended would look like a fall.
    const ended = slice.usage
      .filter((it) => it.events !== null && daysBetween(it.periodOn, today) >= 28)
      .sort((a, b) => (a.periodOn < b.periodOn ? 1 : -1));
    const last = ended[0];
    if (!last || daysBetween(last.periodOn, today) > 75) return null;
    const before = ended.slice(1).filter((it) => daysBetween(it.periodOn, last.periodOn) <= 95);
    if (before.length < 2) return null;
    const usual = before.reduce((sum, it) => sum + (it.events ?? 0), 0) / before.length;
    return Math.log(((last.events ?? 0) + 1) / (usual + 1));
  },
};
