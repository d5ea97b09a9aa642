import type { EvidenceLabel } from './fitted-retention.ts';

/** From here on outcomes, not the card, decide most of every weight; on the Telco table after about 50 losses. */
const MOSTLY = 0.5;
/** From here on they show; on the Telco table after a dozen losses. */
const NOTICEABLY = 0.1;

/** What the score rests on, read off the share of the weights' prior variance that outcomes have removed (rule 6). */
export function evidenceLabel(learned: number): EvidenceLabel {
  if (learned >= MOSTLY) return 'fitted';
  return learned >= NOTICEABLY ? 'recalibrated' : 'points only';
}
