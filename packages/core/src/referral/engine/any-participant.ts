import type { Id } from '../../model/ids.ts';
import type { Participant } from '../entities/participant.ts';
import { type EngineState, participantOf, programsOf } from './engine-state.ts';

/** Who somebody is, whatever the program: the first by program id. One person has one standing in the eyes of payouts. */
export function anyParticipant(state: EngineState, id: Id): Participant | undefined {
  for (const { id: programId } of programsOf(state)) {
    const found = participantOf(state, id, programId);
    if (found) return found;
  }
  return undefined;
}
