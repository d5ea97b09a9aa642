import { nextTerm } from '../metrics/term.ts';
import type { CalendarDay } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import { isRunning } from '../snapshot/contract-state.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import type { Feature } from './feature.ts';

/** The customer has given notice, on the account or on a running contract. A hard event: it ends the holding time of a band. */
export const noticeGiven: Feature = {
  id: 'noticeGiven',
  title: 'Notice given',
  group: 'contract',
  unit: 'yes or no',
  asOfSource: 'history',
  edited: ['account.noticeGivenOn', 'contract.noticeGivenOn'],
  missingRule: 'null without a term; a term without a notice day is 0',
  compute: (slice, { profile, today }) => {
    const given = [slice.account.noticeGivenOn, ...running(slice, profile, today)];
    if (given.some((day) => day !== null && day <= today)) return 1;
    return nextTerm(slice, profile, today) === null ? null : 0;
  },
};

function running(slice: AccountSlice, profile: OrgProfile, today: CalendarDay): readonly (CalendarDay | null)[] {
  return slice.contracts.filter((it) => isRunning(it, profile, today)).map((it) => it.noticeGivenOn);
}
