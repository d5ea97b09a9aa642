import type { Id } from '../../model/ids.ts';
import type { EngineState } from './engine-state.ts';

/**
 * Everybody whom the journal names: who refers, takes part or was asked, for which account, and who was referred; and the
 * sales that it follows, wherever they hang by now.
 */
export function namedParties(state: Pick<EngineState, 'claims' | 'participants' | 'asks' | 'sales'>): ReadonlySet<Id> {
  const named = new Set<Id>(state.sales.keys());
  for (const { participantId, referrerAccountId, subjectId, referredContactId } of state.claims.values()) {
    for (const id of [participantId, referrerAccountId, subjectId, referredContactId]) if (id !== null) named.add(id);
  }
  for (const { id, accountId } of state.participants.values())
    for (const it of [id, accountId]) if (it !== null) named.add(it);
  for (const { contactId, accountId } of state.asks.values()) named.add(contactId).add(accountId);
  return named;
}
