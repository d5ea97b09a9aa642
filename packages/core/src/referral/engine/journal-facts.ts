import { claimId } from '../claims/open-claim.ts';
import type { JournalFacts } from '../privacy/journal-facts.ts';
import { resolveId, subjectOf } from './engine-state.ts';
import type { ReferralEngine } from './open-engine.ts';
import { signalsAbout } from './screen-reward.ts';

/** What the journal adds up to, as far as `eraseParty` and `dueForDeletion` decide by it. */
export function journalFacts(state: ReferralEngine['state']): JournalFacts {
  const { claims, rewards, decisions, refused, asks, tombstones } = state;
  const batches = [...rewards.batches()];
  return {
    claims: [...claims.values()],
    rewards: [...rewards.all()],
    decisions: [...decisions.values()].flatMap((it) => [...it.values()].flat()),
    refused: new Map(refused.map((it) => [it.key, it.reason])),
    tombstones: [...tombstones.values()],
    payments: batches.flatMap(({ rows, settledAt: at }) =>
      rows.filter((it) => it.paid > 0).map(({ partyId }) => ({ partyId, at })),
    ),
    found: ({ programId, participantId, subjectId }, check) => {
      const id = claimId(programId, resolveId(state, participantId), subjectOf(state, subjectId));
      return signalsAbout(state, id).find((it) => it.check === check && !it.failed) ?? null;
    },
    askedOf: (askKey) => asks.get(askKey)?.contactId ?? null,
    survivorOf: (id) => resolveId(state, id),
    subjectOf: (id) => subjectOf(state, id),
  };
}
