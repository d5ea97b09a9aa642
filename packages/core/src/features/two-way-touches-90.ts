import { isTwoWay, recentTouches } from '../metrics/touches.ts';
import { type Feature, keeps } from './feature.ts';

/** Meetings and inbound calls and mails in the last 90 days. */
export const twoWayTouches90: Feature = {
  id: 'twoWayTouches90',
  title: 'Two-way touches in 90 days',
  group: 'relationship',
  unit: 'count',
  asOfSource: 'record',
  window: { of: 'activity', days: 90 },
  missingRule: 'null where the book keeps no activities; an account without one is 0',
  compute: (slice, context) =>
    keeps(context, 'activity') ? recentTouches(slice.activities, slice.asOf, 90).filter(isTwoWay).length : null,
};
