import { nextTerm } from '../metrics/term.ts';
import type { Feature } from './feature.ts';

/** The contract of the next decision renews itself unless notice is given. */
export const autoRenews: Feature = {
  id: 'autoRenews',
  title: 'Contract renews itself',
  group: 'contract',
  unit: 'yes or no',
  asOfSource: 'history',
  edited: ['contract.autoRenews'],
  missingRule: 'null where no running contract says',
  compute: (slice, { profile, today }) => {
    const renews = nextTerm(slice, profile, today)?.autoRenews ?? null;
    return renews === null ? null : Number(renews);
  },
};
