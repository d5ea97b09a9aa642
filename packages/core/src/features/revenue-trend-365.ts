import { orderedValue } from '../metrics/revenue.ts';
import { addDays } from '../model/dates.ts';
import type { Feature } from './feature.ts';

/** Natural logarithm of the value ordered in the last 365 days over the 365 days before. */
export const revenueTrend365: Feature = {
  id: 'revenueTrend365',
  title: 'Order value over a year',
  group: 'usage',
  unit: 'log ratio',
  asOfSource: 'record',
  window: { of: 'order', days: 730 },
  missingRule:
    'null unless the account ordered in the 365 days before the last 365, all with known amounts; nothing since then counts as 1 % of it',
  compute: (slice, { profile, today }) => {
    const before = orderedValue(slice, profile, addDays(today, -729), addDays(today, -365)).money?.minor ?? 0;
    if (before <= 0) return null;
    const last = orderedValue(slice, profile, addDays(today, -364), today);
    if (last.money === null && last.reason !== 'no amounts') return null;
    return Math.log(Math.max(last.money?.minor ?? 0, before / 100) / before);
  },
};
