import type { CandidatePrior, WeighedMode } from './weigh-modes.ts';

/** How far, in log evidence, a width may lie below the best before those beyond it are not tried: it could show nowhere. */
const HOPELESS = 35;

/** Modes of a family of widths (narrow to wide), from the middle outwards for as long as evidence holds; stops on `null`. */
export function searchWidths<T extends WeighedMode>(
  family: readonly CandidatePrior[],
  find: (prior: CandidatePrior) => T | null,
): readonly T[] {
  const middle = family.length >> 1;
  const found: T[] = [];
  let best = Number.NEGATIVE_INFINITY;
  const outwards = [family.slice(middle), family.slice(0, middle).reverse()];
  for (const side of outwards) {
    for (const prior of side) {
      const it = find(prior);
      if (!it) return found;
      found.push(it);
      const evidence = it.mode.logEvidence + prior.logPrior;
      best = Math.max(best, evidence);
      if (evidence < best - HOPELESS) break;
    }
  }
  return found;
}
