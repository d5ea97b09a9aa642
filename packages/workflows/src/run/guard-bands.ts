import type { Plan } from '@holdfast/core';

/** More band changes than this share of the scored accounts is no ordinary day. */
const SHARE = 0.1;
/** Below so many changes a person would not call it a landslide, however small the book. */
const FEWEST = 5;

/**
 * Why a run that nobody watches must stop before it applies a plan, or `null`: over a tenth of the bands already in the
 * CRM would change. First bands do not count. `scored` is the number of accounts that hold a band now.
 */
export function guardBands(plan: Plan, scored: number): string | null {
  const changes = plan.writes.filter(
    ({ entity, write, before }) =>
      entity === 'account' &&
      'healthBand' in write.set &&
      'healthBand' in before &&
      before.healthBand !== null &&
      before.healthBand !== undefined &&
      before.healthBand !== write.set.healthBand,
  ).length;
  if (changes < FEWEST || changes <= scored * SHARE) return null;
  return `${changes} of ${scored} bands would change at once. Look at the plan, then apply it yourself.`;
}
