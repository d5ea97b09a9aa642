import type { FitControl } from '../../stats/fit.ts';
import { fitChallenger } from '../challenger/fit-challenger.ts';
import { challengerRisks } from '../challenger/predict-challenger.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import { subsetRows } from '../training/subset-rows.ts';
import type { ChallengerFigures } from './accuracy-card.ts';
import { gather } from './contender-figures.ts';
import { judgeChallenger } from './judge-challenger.ts';
import type { Rolled } from './roll.ts';

/**
 * Lets the additive challenger predict the latest slice from what was known before it, and judges it against the score;
 * `null` when it may not compete: too few outcomes, or a fit that was refused.
 */
export function contestChallenger(
  rows: DecisionRows,
  { slices, predictions }: Rolled,
  control?: FitControl,
): ChallengerFigures | null {
  const latest = slices.at(-1);
  if (!latest) return null;
  const train = subsetRows(rows, latest.train);
  const fit = fitChallenger(
    { x: train.swings, lost: train.lost, weight: train.weight, cluster: train.account, names: train.drivers },
    control ? { control: { ...control, onProgress: () => {} } } : {},
  );
  if (!fit.fitted) return null;
  const test = subsetRows(rows, latest.test);
  const { chances, lost, clusters } = gather(rows, predictions.score, latest.test);
  const challenger = challengerRisks(fit, test.swings);
  return judgeChallenger({ champion: chances, challenger, lost, clusters, treated: test.treated });
}
