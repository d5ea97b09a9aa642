import { DAY_MS } from '../model/dates.ts';
import { type Feature, keeps } from './feature.ts';

/** Escalated tickets opened in the last 90 days. */
export const escalations90: Feature = {
  id: 'escalations90',
  title: 'Escalations in 90 days',
  group: 'service',
  unit: 'count',
  asOfSource: 'history',
  edited: ['ticket.escalated'],
  window: { of: 'ticket', days: 90 },
  missingRule:
    'null where the book keeps no tickets, or no ticket of this account says whether it was escalated; no tickets at all is 0',
  compute: (slice, context) => {
    if (!keeps(context, 'ticket')) return null;
    if (slice.tickets.length > 0 && slice.tickets.every((it) => it.escalated === null)) return null;
    const since = slice.asOf - 90 * DAY_MS;
    return slice.tickets.filter((it) => it.escalated === true && (it.openedAt ?? it.createdAt ?? 0) > since).length;
  },
};
