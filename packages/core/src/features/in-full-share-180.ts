import { inFullShare } from '../metrics/in-full.ts';
import { addDays } from '../model/dates.ts';
import type { Feature } from './feature.ts';

/** Share of the lines delivered in the last 180 days that came in full. */
export const inFullShare180: Feature = {
  id: 'inFullShare180',
  title: 'Delivered in full',
  group: 'delivery',
  unit: 'share',
  asOfSource: 'history',
  edited: ['orderLine.deliveredOn', 'orderLine.deliveredQuantity'],
  missingRule: 'null when no line with both quantities was delivered in the last 180 days',
  compute: (slice, { today }) => {
    const since = addDays(today, -180);
    return inFullShare(slice.orderLines.filter((it) => it.deliveredOn !== null && it.deliveredOn > since));
  },
};
