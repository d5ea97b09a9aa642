import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { cameToNothing } from '../claims/transitions.ts';
import type { ReferralClaim } from '../entities/referral.ts';
import { type EngineState, programOf } from './engine-state.ts';

/** A program that was added beside others: when, and the parties on which claims of theirs stood by then. */
export interface AddedProgram {
  readonly at: Instant;
  readonly parties: Set<Id>;
}

/**
 * Notes a program as added: what stands under programs that were there before stays with them (nothing is retroactive),
 * whatever its priority. A program that rewards nothing holds nothing back.
 */
export function noteAddedProgram(state: EngineState, programId: string): void {
  const parties = new Set<Id>();
  for (const claim of state.claims.values()) {
    if (claim.programId !== programId && stands(claim) && isRewarding(state, claim)) parties.add(claim.subjectId);
  }
  state.addedPrograms.set(programId, { at: state.now, parties });
}

function stands({ state }: ReferralClaim): boolean {
  return state === 'lost' || !cameToNothing(state);
}

function isRewarding(state: EngineState, { programId }: ReferralClaim): boolean {
  return (programOf(state, programId)?.rules.length ?? 0) > 0;
}

/** Since when a program comes after others for sales to a party; before all time where it does not. */
export function addedOver({ addedPrograms }: EngineState, programId: string, subjectId: Id): Instant {
  const added = addedPrograms.get(programId);
  return added?.parties.has(subjectId) ? added.at : Number.NEGATIVE_INFINITY;
}

/** A party goes on under another id, with what stood on it. */
export function mergeAddedPrograms({ addedPrograms }: EngineState, loserId: Id, survivorId: Id): void {
  for (const { parties } of addedPrograms.values()) if (parties.has(loserId)) parties.add(survivorId);
}
