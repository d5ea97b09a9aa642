import { recentTouches, touches } from '../metrics/touches.ts';
import { type Feature, keeps } from './feature.ts';

/** Different people at the customer with a touch in the last 180 days: whether the relation hangs on one person. */
export const peopleInTouch180: Feature = {
  id: 'peopleInTouch180',
  title: 'People in touch in 180 days',
  group: 'relationship',
  unit: 'count',
  asOfSource: 'record',
  window: { of: 'activity', days: 180 },
  missingRule: 'null where the book keeps no activities, or no touch of the account names a contact',
  compute: (slice, context) => {
    if (!keeps(context, 'activity')) return null;
    const named = touches(slice.activities).some((it) => it.contactIds.length > 0);
    if (!named) return null;
    return new Set(recentTouches(slice.activities, slice.asOf, 180).flatMap((it) => it.contactIds)).size;
  },
};
