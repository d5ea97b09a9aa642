import type { FitRefusal } from '../../stats/fit.ts';
import type { Scorecard } from '../scorecard.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import { rowsWhere, subsetRows } from '../training/subset-rows.ts';
import { type FitRetentionOptions, fitRetention } from './fit-retention.ts';
import type { FittedRetention } from './fitted-retention.ts';

/** The chance that a kept account gets smaller, and the mean share that then goes. */
export interface FittedContraction {
  readonly fit: FittedRetention;
  readonly expectedShare: number;
}

/**
 * Assumptions before any outcome: what argues for loss argues half as much for shrinking; 8 kept accounts of 100 shrink
 * in a year, by a quarter. They are replaced as outcomes come in, like the points of the loss model.
 */
const PRIOR = { points: 0.5, yearly: 0.08, share: 0.25, shareWeight: 4 } as const;

/**
 * The second model (retention model, rule 3): P(smaller | kept), fitted on the kept decisions only, by the same posterior
 * as the loss model. `null` when no kept decision says whether it shrank.
 */
export function fitContraction(
  rows: DecisionRows,
  card: Scorecard,
  options: FitRetentionOptions,
): FittedContraction | FitRefusal | null {
  const told = rowsWhere(rows, (i) => rows.lost[i] === 0 && !Number.isNaN(rows.lostShare[i]!));
  if (told.length === 0) return null;
  const kept = subsetRows(rows, told);
  const fit = fitRetention({ ...kept, lost: kept.contracted }, contractionCard(card), options);
  if (!fit.fitted) return fit;
  const { fitted: _, ...plain } = fit;
  return { fit: plain, expectedShare: meanShare(kept) };
}

function contractionCard(card: Scorecard): Scorecard {
  return {
    ...card,
    version: `${card.version} contraction`,
    yearlyLoss: PRIOR.yearly,
    rows: card.rows.map((row) => ({ ...row, points: row.points * PRIOR.points })),
  };
}

/** Mean share over the accounts that shrank, pulled towards a quarter as if by four more of them. */
function meanShare(kept: DecisionRows): number {
  let sum = PRIOR.share * PRIOR.shareWeight;
  let weight: number = PRIOR.shareWeight;
  for (let i = 0; i < kept.count; i += 1) {
    if (kept.contracted[i] !== 1) continue;
    sum += kept.lostShare[i]!;
    weight += 1;
  }
  return sum / weight;
}
