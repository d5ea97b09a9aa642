import type { Instant } from '../../model/dates.ts';
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
    erasedDigests: erasedDigests(state),
    askedOf: (askKey) => asks.get(askKey)?.contactId ?? null,
    survivorOf: (id) => resolveId(state, id),
    subjectOf: (id) => subjectOf(state, id),
  };
}

/** What somebody else holds too stays: what is held against them on account of it must be held as before. */
function erasedDigests(state: ReferralEngine['state']): ReadonlyMap<string, Instant> {
  const until = new Map([...state.erasedUntil].map(([id, at]) => [resolveId(state, id), at]));
  const found = new Map<string, Instant>();
  for (const [hash, ids] of until.size === 0 ? [] : state.checks.holders) {
    const times = [...ids].map((id) => until.get(id) ?? Number.POSITIVE_INFINITY);
    const last = Math.max(...times);
    if (times.length > 0 && last < Number.POSITIVE_INFINITY) found.set(hash, last);
  }
  return found;
}
