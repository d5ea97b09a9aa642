import type { Touch } from '../entities/touch.ts';
import { type EngineState, resolveId, subjectOf } from './engine-state.ts';

/** Keeps a touch on its party, as the records stand now. */
export function takeTouch(state: EngineState, touch: Touch): void {
  const subjectId = subjectOf(state, touch.subjectId);
  const participantId = resolveId(state, touch.participantId);
  const isMoved = subjectId !== touch.subjectId || participantId !== touch.participantId;
  state.touches.add(isMoved ? { ...touch, subjectId, participantId } : touch);
}
