import type { EvidenceLabel } from './fitted-retention.ts';

/** From here on the outcomes, not the points, decide most of a quantity. */
const MOSTLY = 0.5;

/** What the score rests on, read off the posterior (rule 6): whether outcomes decided the weights, only their slope, or neither. */
export function evidenceLabel(learned: { readonly slope: number; readonly weights: number }): EvidenceLabel {
  if (learned.weights >= MOSTLY) return 'fitted';
  return learned.slope >= MOSTLY ? 'recalibrated' : 'points only';
}
