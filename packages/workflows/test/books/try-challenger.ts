import { CONTRACT_CARD, challengerRisks, type DecisionRows, fitChallenger } from '@holdfast/core';
import type { ChallengerFigures } from '../../../core/src/retention/backtest/accuracy-card.ts';
import { judgeChallenger } from '../../../core/src/retention/backtest/judge-challenger.ts';
import { rollForward } from '../../../core/src/retention/backtest/roll.ts';
import { subsetRows } from '../../../core/src/retention/training/subset-rows.ts';

/**
 * Puts the challenger before the gate on every slice that has so many accounts of each kind behind it, not on the latest
 * alone, and from fewer outcomes than the product asks for: so that the gate is tried where it would be hardest to keep shut.
 */
export function tryChallenger(rows: DecisionRows, minOutcomes: number, on: string): readonly ChallengerFigures[] {
  const rolled = rollForward(rows, CONTRACT_CARD, { fittedOn: on });
  if (!rolled.fitted) throw new Error(rolled.message);
  return rolled.slices.flatMap((slice) => {
    const train = subsetRows(rows, slice.train);
    const fit = fitChallenger(
      { x: train.swings, lost: train.lost, weight: train.weight, cluster: train.account, names: train.drivers },
      { minOutcomes },
    );
    if (!fit.fitted) return [];
    const test = subsetRows(rows, slice.test);
    const champion = Float64Array.from(slice.test, (i) => rolled.predictions.score[i]!);
    const [lost, clusters] = [Float64Array.from(test.lost), Float64Array.from(test.account)];
    return judgeChallenger({
      ...{ champion, challenger: challengerRisks(fit, test.swings), lost, clusters, treated: test.treated },
    });
  });
}
