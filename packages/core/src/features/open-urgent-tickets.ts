import { type Feature, keeps } from './feature.ts';
import { openTickets } from './open-tickets.ts';

/** Open tickets of a priority that the profile calls urgent. */
export const openUrgentTickets: Feature = {
  id: 'openUrgentTickets',
  title: 'Open urgent tickets',
  group: 'service',
  unit: 'count',
  asOfSource: 'history',
  edited: ['ticket.priority', 'ticket.closedAt'],
  window: { of: 'ticket', days: 90 },
  missingRule: 'null where the book keeps no tickets; an account without one is 0',
  compute: (slice, context) =>
    keeps(context, 'ticket')
      ? openTickets(slice, context).filter((it) => context.profile.tickets.urgent.includes(it.priority ?? '')).length
      : null,
};
