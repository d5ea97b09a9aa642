import { nextTerm } from '../metrics/term.ts';
import { daysBetween } from '../model/dates.ts';
import { opportunityKind, opportunityState } from '../snapshot/opportunity-meaning.ts';
import { type Feature, keeps } from './feature.ts';

/** The decision is at most 90 days away and nobody has opened a renewal opportunity. */
export const renewalNotStarted: Feature = {
  id: 'renewalNotStarted',
  title: 'Renewal not started',
  group: 'contract',
  unit: 'yes or no',
  asOfSource: 'history',
  edited: ['contract.endsOn', 'opportunity.stage'],
  missingRule:
    'null without a decision day, or where the book keeps no opportunities; 0 while the decision is more than 90 days away',
  compute: (slice, context) => {
    const { profile, today } = context;
    const term = nextTerm(slice, profile, today);
    if (term === null || !keeps(context, 'opportunity')) return null;
    if (daysBetween(today, term.decisionOn) > 90) return 0;
    const started = slice.opportunities.some(
      (it) => opportunityKind(it, profile) === 'renewal' && opportunityState(it, profile, today) === 'open',
    );
    return started ? 0 : 1;
  },
};
