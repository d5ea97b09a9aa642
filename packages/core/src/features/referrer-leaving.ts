import type { Feature } from './feature.ts';

/** An account that introduced this one has left or given notice (Van den Bulte et al. 2018: referred customers stay as long as their referrer does). Never read from our own scores. */
export const referrerLeaving: Feature = {
  id: 'referrerLeaving',
  title: 'Who introduced them is leaving',
  group: 'relationship',
  unit: 'yes or no',
  asOfSource: 'none',
  edited: ['referralLink.referrerId'],
  missingRule: 'null where the book records no introductions; an account that nobody introduced is 0',
  compute: ({ account }, { indexes }) => {
    if (indexes.referrers.size === 0) return null;
    return Number((indexes.referrers.get(account.id) ?? []).some((referrer) => indexes.leaving.has(referrer)));
  },
};
