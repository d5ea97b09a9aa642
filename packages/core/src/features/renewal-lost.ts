import { addDays } from '../model/dates.ts';
import { opportunityKind, opportunityState } from '../snapshot/opportunity-meaning.ts';
import { type Feature, keeps } from './feature.ts';

/** The latest renewal opportunity closed in the last 365 days was lost. */
export const renewalLost: Feature = {
  id: 'renewalLost',
  title: 'Last renewal lost',
  group: 'contract',
  unit: 'yes or no',
  asOfSource: 'history',
  edited: ['opportunity.stage'],
  missingRule: 'null where the book keeps no opportunities; an account without a closed renewal is 0',
  compute: (slice, context) => {
    if (!keeps(context, 'opportunity')) return null;
    const { profile, today } = context;
    const since = addDays(today, -365);
    const closed = slice.opportunities
      .filter((it) => opportunityKind(it, profile) === 'renewal' && it.closeOn !== null && it.closeOn > since)
      .map((it) => ({ on: it.closeOn ?? '', id: it.id, state: opportunityState(it, profile, today) }))
      .filter((it) => it.state === 'won' || it.state === 'lost')
      .sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1));
    return closed.at(-1)?.state === 'lost' ? 1 : 0;
  },
};
