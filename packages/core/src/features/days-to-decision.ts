import { nextTerm } from '../metrics/term.ts';
import { daysBetween } from '../model/dates.ts';
import type { Feature } from './feature.ts';

/** Days until the customer must decide: contract end less the notice period. Tells when to act; carries no points. */
export const daysToDecision: Feature = {
  id: 'daysToDecision',
  title: 'Days to the decision',
  group: 'contract',
  unit: 'days',
  asOfSource: 'record',
  edited: ['contract.endsOn'],
  missingRule: 'null without a running contract, renewal day or open renewal opportunity',
  compute: (slice, { profile, today }) => {
    const term = nextTerm(slice, profile, today);
    return term === null ? null : daysBetween(today, term.decisionOn);
  },
};
