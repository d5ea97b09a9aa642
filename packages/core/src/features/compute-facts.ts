import { recurringValue } from '../metrics/revenue.ts';
import { nextTerm } from '../metrics/term.ts';
import { dayInZone } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { BookIndexes } from '../snapshot/book-indexes.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import { FEATURES } from './all-features.ts';
import type { AccountFacts, FactId } from './facts.ts';
import type { FeatureContext } from './feature.ts';

/**
 * The facts of one account: every feature, the model it belongs to, its term and its recurring value. An account with a
 * term (or whose contract has lapsed) decides by contract, any other order by order. What is not known is `null`.
 */
export function computeFacts(slice: AccountSlice, profile: OrgProfile, indexes: BookIndexes): AccountFacts {
  const context: FeatureContext = { profile, indexes, today: dayInZone(slice.asOf, profile.timeZone) };
  const values: Partial<Record<FactId, number | null>> = {};
  for (const feature of FEATURES) values[feature.id] = feature.compute(slice, context);
  const term = nextTerm(slice, profile, context.today);
  return {
    ...values,
    model: term === null && values.contractLapsed !== 1 ? 'orders' : 'contract',
    termDays: term?.termDays ?? null,
    recurring: recurringValue(slice, profile, context.today).money,
    on: context.today,
  };
}
