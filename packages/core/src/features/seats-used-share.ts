import type { Usage } from '../model/types.ts';
import type { Feature } from './feature.ts';

/** Seats in use over seats bought, from the latest usage record, else from the account's own fields. */
export const seatsUsedShare: Feature = {
  id: 'seatsUsedShare',
  title: 'Seats in use',
  group: 'usage',
  unit: 'share',
  asOfSource: 'record',
  missingRule: 'null when no usage record or account field holds both counts, or none are bought',
  compute: (slice) => {
    const latest = slice.usage
      .filter((it) => it.seatsBought !== null && it.seatsUsed !== null)
      .reduce<Seats | null>((best, it) => (best === null || it.periodOn > best.periodOn ? it : best), null);
    const { seatsBought, seatsUsed } = latest ?? slice.account;
    return !seatsBought || seatsUsed === null ? null : seatsUsed / seatsBought;
  },
};

type Seats = Pick<Usage, 'periodOn' | 'seatsBought' | 'seatsUsed'>;
