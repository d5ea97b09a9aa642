import type { Touch } from '../entities/touch.ts';
import { type EngineState, resolveId } from './engine-state.ts';

/** Keeps a touch on its party; one that was taken before changes nothing. */
export function takeTouch(state: EngineState, touch: Touch): void {
  const subjectId = resolveId(state, touch.subjectId);
  const participantId = resolveId(state, touch.participantId);
  const known = state.touches.get(subjectId) ?? [];
  if (known.some((it) => it.key === touch.key)) return;
  known.push(
    subjectId === touch.subjectId && participantId === touch.participantId
      ? touch
      : { ...touch, subjectId, participantId },
  );
  state.touches.set(subjectId, known);
}
