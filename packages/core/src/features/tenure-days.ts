import { daysBetween } from '../model/dates.ts';
import { opportunityState } from '../snapshot/opportunity-meaning.ts';
import type { Feature } from './feature.ts';

/** Days since the first contract, order or won opportunity. Not the record's own age, which is the day of an import. */
export const tenureDays: Feature = {
  id: 'tenureDays',
  title: 'Time as a customer',
  group: 'relationship',
  unit: 'days',
  asOfSource: 'record',
  missingRule: 'null when no contract, won opportunity or order has a day',
  compute: (slice, { profile, today }) => {
    const days = [
      ...slice.contracts.map((it) => it.startsOn),
      ...slice.orders.map((it) => it.orderedOn),
      ...slice.opportunities.filter((it) => opportunityState(it, profile, today) === 'won').map((it) => it.closeOn),
    ].filter((day): day is string => day !== null && day <= today);
    const first = days.sort()[0];
    return first === undefined ? null : daysBetween(first, today);
  },
};
