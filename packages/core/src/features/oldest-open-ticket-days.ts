import { DAY_MS } from '../model/dates.ts';
import { type Feature, keeps } from './feature.ts';
import { openTickets } from './open-tickets.ts';

/** Whole days that the oldest open ticket has been open. */
export const oldestOpenTicketDays: Feature = {
  id: 'oldestOpenTicketDays',
  title: 'Age of the oldest open ticket',
  group: 'service',
  unit: 'days',
  asOfSource: 'record',
  edited: ['ticket.closedAt'],
  window: { of: 'ticket', days: 180 },
  missingRule: 'null where the book keeps no tickets; an account without an open one is 0',
  compute: (slice, context) => {
    if (!keeps(context, 'ticket')) return null;
    const opened = openTickets(slice, context).map((it) => it.openedAt ?? it.createdAt ?? slice.asOf);
    return opened.length === 0 ? 0 : Math.floor((slice.asOf - Math.min(...opened)) / DAY_MS);
  },
};
