import type { DecisionRows } from '../training/decision-rows.ts';
import type { LeadLine } from './accuracy-card.ts';
import { aucEstimate, gather } from './contender-figures.ts';
import type { Rolled } from './roll.ts';
import { topTenth } from './top-tenth.ts';

/** How well the score told losses so many days before the decision: a score on the day of notice is worth nothing. */
export function leadLine(leadDays: number, rows: DecisionRows, { predictions, judged: told }: Rolled): LeadLine {
  const chances = predictions.score;
  const seen = gather(rows, chances, told);
  return {
    leadDays,
    decisions: told.length,
    losses: seen.lost.reduce((sum, it) => sum + it, 0),
    auc: aucEstimate(seen.chances, seen.lost, seen.clusters),
    lossesCaptured: topTenth(rows, chances, told)?.lossesCaptured ?? null,
  };
}
