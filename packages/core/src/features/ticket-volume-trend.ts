import { DAY_MS } from '../model/dates.ts';
import { type Feature, keeps } from './feature.ts';

/** Natural logarithm of tickets opened in the last 30 days over the monthly number of the 180 days before (one added to each). */
export const ticketVolumeTrend: Feature = {
  id: 'ticketVolumeTrend',
  title: 'Tickets in the last month',
  group: 'service',
  unit: 'log ratio',
  asOfSource: 'record',
  window: { of: 'ticket', days: 210 },
  missingRule: 'null where the book keeps no tickets; an account without one is 0',
  compute: (slice, context) => {
    if (!keeps(context, 'ticket')) return null;
    const ages = slice.tickets.flatMap((it) => (it.openedAt === null ? [] : (slice.asOf - it.openedAt) / DAY_MS));
    const last = ages.filter((age) => age < 30).length;
    const before = ages.filter((age) => age >= 30 && age < 210).length / 6;
    return Math.log((last + 1) / (before + 1));
  },
};
