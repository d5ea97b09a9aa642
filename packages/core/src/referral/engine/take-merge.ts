import type { Id } from '../../model/ids.ts';
import { type Merge, repoint } from '../attribution/merge-claims.ts';
import type { Participant } from '../entities/participant.ts';
import { mergeParties } from '../rewards/index.ts';
import { mergeIdentities } from './check-notes.ts';
import { decideSale } from './decide-sale.ts';
import { claimsOf, claimsOn, type EngineState, resolveId, subjectOf } from './engine-state.ts';
import { endDoubled, mergeSales } from './merge-sales.ts';
import { followSale } from './move-by-sale.ts';
import { moveClaims } from './move-claims.ts';
import { rewardAgain } from './reward-event.ts';
import { mergeNotices } from './take-notice.ts';
import { rollUpMerged } from './take-roll-up.ts';
import { noteDisputes, noteParty, noteSaleChange } from './what-changed.ts';

/**
 * Two records became one: claims, touches, participants, sales and rewards are re-pointed to the one that is left, and
 * its sales are decided again. Taken again it changes nothing; a loop of merges is not followed.
 */
export function takeMerge(state: EngineState, merge: Merge): void {
  const survivorId = resolveId(state, merge.survivorId);
  const { loserId } = merge;
  if (survivorId === loserId || state.mergedInto.has(loserId)) return;
  // what went over to the record that is gone comes back with it
  if (subjectOf(state, survivorId) === loserId) state.rolledUp.delete(survivorId);
  state.mergedInto.set(loserId, survivorId);
  const now = { ...merge, survivorId };
  mergeStoredClaims(state, now);
  mergeRest(state, loserId, survivorId, now);
  mergeParties(state.rewards, { key: merge.id, loserId, survivorId }, state.now);
  endDoubled(state, now);
  const parties = new Set([survivorId, ...claimsOf(state, survivorId).map((it) => it.subjectId)]);
  for (const sale of [...state.sales.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!parties.has(sale.subjectId) && sale.id !== survivorId) continue;
    decideSale(state, sale, merge.id);
    followSale(state, sale);
    rewardAgain(state, sale.id);
  }
  rollUpMerged(state, now);
}

function mergeStoredClaims(state: EngineState, merge: Merge): void {
  const { loserId, survivorId } = merge;
  const ids = [loserId, survivorId];
  const touched = ids.flatMap((id) => [...claimsOn(state, id), ...claimsOf(state, id)]);
  const others = [...state.claims.values()].filter((it) => Object.values(it).includes(loserId));
  const all = [...new Map([...touched, ...others].map((it) => [it.id, it])).values()];
  moveClaims(state, all, merge);
  mergeIdentities(state, merge);
}

function mergeRest(state: EngineState, loserId: Id, survivorId: Id, merge: Merge): void {
  state.touches.merge(loserId, survivorId);
  mergeNotices(state, loserId, survivorId);
  state.graph.merge(loserId, survivorId);
  for (const [key, participant] of [...state.participants]) {
    const pointed = repoint(participant, merge);
    if (pointed === participant) continue;
    state.participants.delete(key);
    const own = `${pointed.programId} ${pointed.id}`;
    const twin = state.participants.get(own);
    state.participants.set(own, twin ? joinParticipants(twin, pointed) : pointed);
    noteParty(state, participant.id);
    noteParty(state, pointed.id);
  }
  const known = state.relations.get(loserId);
  if (known && !state.relations.has(survivorId)) state.relations.set(survivorId, known);
  mergeSales(state, merge);
  noteSaleChange(state, survivorId);
  noteDisputes(state, survivorId);
}

/** Of two who are one, what was said last stands: nobody who was suspended is active again by a merge. */
function joinParticipants(kept: Participant, lost: Participant): Participant {
  if (lost.statusSince <= kept.statusSince) return kept;
  const { status, statusSince: since } = kept;
  return { ...lost, accountId: kept.accountId ?? lost.accountId, past: lost.past ?? [{ status, since }] };
}
