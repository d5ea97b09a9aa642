import { nextTerm } from '../metrics/term.ts';
import { isLapsed } from '../snapshot/contract-state.ts';
import type { Feature } from './feature.ts';

/**
 * The account had a contract, none runs any more and no other is due: it has left, or the record is wrong. An account
 * that goes on ordering without one is `0`.
 */
export const contractLapsed: Feature = {
  id: 'contractLapsed',
  title: 'No contract runs any more',
  group: 'contract',
  unit: 'yes or no',
  asOfSource: 'record',
  edited: ['contract.endsOn'],
  missingRule: 'null for an account without any contract, renewal day or renewal opportunity',
  compute: (slice, { profile, today }) => {
    if (nextTerm(slice, profile, today) !== null) return 0;
    if (slice.contracts.length === 0) return null;
    return Number(isLapsed(slice.contracts, slice.orders, profile, today));
  },
};
