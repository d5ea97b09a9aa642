import { calibrationSlope } from '../../stats/calibration/index.ts';
import { logLoss } from '../../stats/discrimination/index.ts';
import type { ChallengerFigures } from './accuracy-card.ts';
import { aucEstimate, LEVEL } from './contender-figures.ts';
import { SLOPE_BORDERS } from './judge.ts';
import { pairedGain } from './paired-gain.ts';

/** The score's and the challenger's chances of the same later rows. */
export interface Contest {
  readonly champion: Float64Array;
  readonly challenger: Float64Array;
  readonly lost: Float64Array;
  readonly clusters: Float64Array;
  /** 1: somebody acted. A challenger is never promoted, nor a score demoted, on treated rows alone (rule 9). */
  readonly treated: ArrayLike<number>;
}

/**
 * The gate of section 5.1: a challenger is promoted only if its log-loss on the later slice is lower by more than one
 * standard error and its calibration slope lies in .8 to 1.25. The error is that of paired differences, rows of one
 * account taken together.
 */
export function judgeChallenger(contest: Contest): ChallengerFigures {
  const { challenger, champion, lost, clusters, treated } = contest;
  const { gain, standardError } = pairedGain(challenger, champion, lost, clusters);
  const fit = calibrationSlope(challenger, lost, { clusters, level: LEVEL });
  const slope = fit.fitted ? { value: fit.slope, ...fit.slopeInterval } : null;
  const steady = slope !== null && slope.value >= SLOPE_BORDERS.low && slope.value <= SLOPE_BORDERS.high;
  const allTreated = lost.length > 0 && lost.every((_, i) => treated[i] === 1);
  const promoted = gain > standardError && steady && !allTreated;
  return {
    logLoss: logLoss(challenger, lost) ?? 0,
    auc: aucEstimate(challenger, lost, clusters),
    slope,
    gain,
    gainSe: standardError,
    promoted,
    reason: reasonOf({ better: gain > standardError, steady, allTreated }),
  };
}

function reasonOf({ better, steady, allTreated }: Record<'better' | 'steady' | 'allTreated', boolean>): string {
  if (allTreated) return 'Kept the score: every decision of the later slice had been acted on.';
  if (!better) return 'Kept the score: the challenger is not better by more than one standard error.';
  return steady
    ? 'The challenger is better by more than one standard error and its chances fit: it may run in shadow.'
    : 'Kept the score: the challenger ranks better, but its chances are off.';
}
