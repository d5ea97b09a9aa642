import { touches } from '../metrics/touches.ts';
import { DAY_MS } from '../model/dates.ts';
import { type Feature, keeps } from './feature.ts';

/** Whole days since a person last called, mailed or met the customer; our own records are no touches. */
export const daysSinceTouch: Feature = {
  id: 'daysSinceTouch',
  title: 'Days since the last touch',
  group: 'relationship',
  unit: 'days',
  asOfSource: 'record',
  missingRule: 'null where the book keeps no activities, or this account never had one',
  compute: (slice, context) => {
    if (!keeps(context, 'activity')) return null;
    const last = touches(slice.activities).reduce((at, it) => Math.max(at, it.occurredAt), Number.NEGATIVE_INFINITY);
    return Number.isFinite(last) ? Math.floor((slice.asOf - last) / DAY_MS) : null;
  },
};
