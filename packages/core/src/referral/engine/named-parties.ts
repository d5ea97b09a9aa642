import type { Id } from '../../model/ids.ts';
import type { EngineState } from './engine-state.ts';

/** Everybody whom the claims of the journal name: who refers, for which account, and who was referred. */
export function namedParties(state: Pick<EngineState, 'claims'>): ReadonlySet<Id> {
  const named = new Set<Id>();
  for (const { participantId, referrerAccountId, subjectId, referredContactId } of state.claims.values()) {
    for (const id of [participantId, referrerAccountId, subjectId, referredContactId]) if (id !== null) named.add(id);
  }
  return named;
}
