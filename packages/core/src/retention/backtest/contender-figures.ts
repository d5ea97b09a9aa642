import { aucInterval, brier, logLoss } from '../../stats/discrimination/index.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import { CONTENDERS, type ContenderFigures, type ContenderId, type Estimate } from './accuracy-card.ts';
import { beyondLuck, pairedGain } from './paired-gain.ts';
import type { RolledPredictions } from './roll.ts';

/** Intervals of the card are 90 %, two-sided. */
export const LEVEL = 0.9;

/** The figures of every contender over the rows at these indexes. Only rows that a contender predicted count for it. */
export function contenderFigures(
  rows: DecisionRows,
  predictions: RolledPredictions,
  indexes: ArrayLike<number>,
): readonly ContenderFigures[] {
  return CONTENDERS.flatMap((contender) => {
    const told = Array.from(indexes).filter((i) => !Number.isNaN(predictions[contender][i]!));
    return told.length === 0 ? [] : [figuresOf(contender, rows, predictions, told)];
  });
}

function figuresOf(
  contender: ContenderId,
  rows: DecisionRows,
  predictions: RolledPredictions,
  told: readonly number[],
): ContenderFigures {
  const { chances, lost, weights, clusters } = gather(rows, predictions[contender], told);
  const base = gather(rows, predictions['base rate'], told).chances;
  const [loss, square] = [logLoss(chances, lost, weights) ?? 0, brier(chances, lost, weights) ?? 0];
  const skill = (own: number, usual: number | null) => (usual === null || usual === 0 ? null : 1 - own / usual);
  return {
    contender,
    decisions: told.length,
    losses: lost.reduce((sum, it) => sum + it, 0),
    logLoss: loss,
    logLossSkill: skill(loss, logLoss(base, lost, weights)),
    brier: square,
    brierSkill: skill(square, brier(base, lost, weights)),
    auc: aucEstimate(chances, lost, clusters),
    beatsBaseRate: beyondLuck(pairedGain(chances, base, lost, clusters)),
  };
}

/** One contender's chances beside what happened, for some rows. */
export function gather(rows: DecisionRows, chances: Float64Array, indexes: ArrayLike<number>) {
  const pick = (column: ArrayLike<number>) => Float64Array.from(indexes, (i) => column[i]!);
  return {
    chances: pick(chances),
    lost: pick(rows.lost),
    weights: pick(rows.weight),
    clusters: pick(rows.account),
    values: pick(rows.value),
  };
}

/** The AUC with its interval, rows of one account taken together; `null` with one class only. */
export function aucEstimate(
  scores: ArrayLike<number>,
  lost: ArrayLike<number>,
  clusters: ArrayLike<number>,
): Estimate | null {
  const found = aucInterval(scores, lost, { clusters, level: LEVEL });
  return found && { value: found.auc, low: found.low, high: found.high };
}
