import { addDays, type CalendarDay } from '../model/dates.ts';
import type { Contract } from '../model/types.ts';
import type { Feature } from './feature.ts';

/** A term that begins so many days before the last one ends follows it; one that begins earlier runs beside it. */
const EARLY_DAYS = 31;

/**
 * How often the account has renewed: terms that followed another one. Who has decided to stay k times is less likely to
 * be of the kind that leaves. Source: Fader and Hardie 2007, J. Interactive
 * Marketing 21:76 (sBG: expected loss alpha / (alpha + beta + k)).
 */
export const renewals: Feature = {
  id: 'renewals',
  title: 'Renewals so far',
  group: 'relationship',
  unit: 'count',
  asOfSource: 'record',
  missingRule: 'null for an account without a contract that has begun',
  compute: ({ contracts }, { today }) => {
    const begun = contracts.filter((it) => it.startsOn !== null && it.startsOn <= today);
    return begun.length === 0 ? null : termsThatFollowed(begun);
  },
};

function termsThatFollowed(contracts: readonly Contract[]): number {
  const inOrder = [...contracts].sort((a, b) => (a.startsOn! < b.startsOn! ? -1 : a.startsOn! > b.startsOn! ? 1 : 0));
  let end: CalendarDay | null | undefined;
  let count = 0;
  for (const { startsOn, endsOn } of inOrder) {
    if (end === undefined) end = endsOn;
    else if (end !== null && startsOn! > addDays(end, -EARLY_DAYS)) {
      count += 1;
      end = endsOn;
    }
  }
  return count;
}
