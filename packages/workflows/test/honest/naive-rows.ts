import {
  type AccountRecords,
  buildSlice,
  computeFacts,
  cutoffOf,
  type DecisionRows,
  endOfDay,
  openDecisionRows,
  outcomeSettings,
  readDecisions,
  type Scorecard,
} from '@holdfast/core';
import { HONEST_PROFILE } from './honest-profile.ts';
import { HONEST_DAY } from './honest-rows.ts';

/** Rows as a careless backtest makes them: today's values of every record that had been entered by the cut-off. */
export function naiveRows(records: readonly AccountRecords[], card: Scorecard): DecisionRows {
  const open = openDecisionRows(card);
  const settings = outcomeSettings(HONEST_PROFILE);
  const holds = new Set([
    'account',
    'opportunity',
    'contract',
    'order',
    'orderLine',
    'ticket',
    'activity',
    'usage',
  ] as const);
  const indexes = {
    holds,
    parents: new Map(),
    referrers: new Map(),
    duplicates: new Map(),
    leaving: new Set<string>(),
  };
  for (const it of records)
    for (const decision of readDecisions(it, HONEST_PROFILE, HONEST_DAY)) {
      const cutoffOn = cutoffOf(decision, settings);
      const slice = buildSlice(it, HONEST_PROFILE, endOfDay(cutoffOn, 'UTC'));
      const facts = computeFacts(slice, HONEST_PROFILE, indexes);
      if (slice.role === 'customer') open.add(facts, decision, { cutoffOn, ownerId: null, recencyDays: null });
    }
  return open.finish();
}
