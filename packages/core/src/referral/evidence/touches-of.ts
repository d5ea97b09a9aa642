import type { Touch } from '../entities/touch.ts';
import type { FoundIntroduction } from './found-introduction.ts';

/**
 * The touches that claims rest on: one for each introduction that is credited automatically; the others wait for a person.
 * `digest` makes the key from the deciding record and the pair, so that the same record never counts twice.
 */
export function touchesOf(found: readonly FoundIntroduction[], digest: (text: string) => string): readonly Touch[] {
  return found.flatMap((it) => {
    if (it.standing !== 'credited_automatically' || it.advocateId === null) return [];
    const sourceId = it.sourceIds[0] ?? null;
    return [
      {
        key: digest(`${it.key} ${sourceId ?? ''}`),
        participantId: it.advocateId,
        subjectId: it.subjectId,
        evidence: it.evidence,
        occurredAt: it.introducedAt,
        // a meeting is in the calendar before it takes place, and proves nothing until then
        recordedAt: Math.max(it.recordedAt, it.introducedAt),
        sourceId,
      },
    ];
  });
}
