import { DAY_MS, type Instant } from '@holdfast/core';

/** 1970-01-01 was a Thursday: three days later in its week than Monday. */
const weekOf = (at: Instant): number => Math.floor((at / DAY_MS + 3) / 7);

/**
 * Instants of complete snapshots, in ascending order, that need not be kept: of each calendar week (Monday to Sunday,
 * UTC) the newest stays, so the last run's always does. So does the one before it: the last run's movements are told from
 * it, and whoever asks again about that run must hear the same.
 */
export function superseded(instants: readonly Instant[]): readonly Instant[] {
  return instants.filter((at, index) => {
    const next = instants[index + 1];
    return next !== undefined && index < instants.length - 2 && weekOf(next) === weekOf(at);
  });
}
