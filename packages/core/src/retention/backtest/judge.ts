import { Z90 } from '../../stats/special/normal.ts';
import type { CardCalibration, CardVerdict, ContenderFigures } from './accuracy-card.ts';

/** Losses, and decisions that were kept, that must have been predicted before accuracy is spoken of. */
export const MIN_OF_EACH = 30;
/** A calibration slope outside these borders is too flat or too steep to read chances as chances. */
export const SLOPE_BORDERS = { low: 0.8, high: 1.25 } as const;

export interface Judged {
  readonly verdict: CardVerdict;
  readonly summary: string;
}

export interface Evidence {
  /** The score and the base rate over every decision that was predicted before it was known. */
  readonly rolling: readonly ContenderFigures[];
  readonly calibration: CardCalibration | null;
  /** Why losses are believed to be missing; `null`: they are not. */
  readonly lossesMissing: string | null;
}

/**
 * The verdict on a score, by rules that are fixed before the figures are seen: no accuracy where losses are missing or too
 * few; no signal unless its log-loss is lower than the base rate's by more than luck and its AUC's interval lies above one half; and
 * chances count as chances only with a calibration slope in .8 to 1.25, or one whose interval contains 1, and as many
 * losses as predicted: within a fifth, or within what luck does nine times in ten.
 */
export function judge({ rolling, calibration, lossesMissing }: Evidence): Judged {
  if (lossesMissing !== null) {
    return {
      verdict: 'losses-missing',
      summary: `Losses missing: ${lossesMissing} No accuracy is given, because a score judged by those who stayed looks good whatever it says.`,
    };
  }
  const score = rolling.find(({ contender }) => contender === 'score');
  const losses = score?.losses ?? 0;
  const kept = (score?.decisions ?? 0) - losses;
  if (!score || losses < MIN_OF_EACH || kept < MIN_OF_EACH) {
    return { verdict: 'not-enough-outcomes', summary: notEnough(losses, kept) };
  }
  if (!score.auc || score.auc.low <= 0.5 || !score.beatsBaseRate) {
    return {
      verdict: 'no-signal',
      summary:
        'No signal: on decisions that it had not seen, the score does not do better than the base rate. Do not act on its order.',
    };
  }
  return fits(calibration)
    ? {
        verdict: 'passes',
        summary:
          'Passes: on decisions that it had not seen, the score beats the base rate and its chances fit what happened.',
      }
    : {
        verdict: 'miscalibrated',
        summary:
          'Ranks, but its chances are off: use its order, not its probabilities. More outcomes, or a base rate nearer to yours, mend that.',
      };
}

function notEnough(losses: number, kept: number): string {
  const lacking = [
    ...(losses < MIN_OF_EACH ? [`${MIN_OF_EACH - losses} more losses`] : []),
    ...(kept < MIN_OF_EACH ? [`${MIN_OF_EACH - kept} more kept decisions`] : []),
  ];
  return `Not enough outcomes yet: ${losses} lost and ${kept} kept decisions could be predicted before they were known; ${lacking.join(' and ')} are needed. The score is a ranking by assumption until then.`;
}

function fits(calibration: CardCalibration | null): boolean {
  const slope = calibration?.slope;
  if (!slope) return false;
  const near = slope.value >= SLOPE_BORDERS.low && slope.value <= SLOPE_BORDERS.high;
  return (near || (slope.low <= 1 && slope.high >= 1)) && countsAgree(calibration);
}

function countsAgree({ bins, predictedLosses }: CardCalibration): boolean {
  const losses = bins.reduce((sum, bin) => sum + bin.losses, 0);
  if (losses >= predictedLosses * SLOPE_BORDERS.low && losses <= predictedLosses * SLOPE_BORDERS.high) return true;
  const variance = bins.reduce((sum, bin) => sum + bin.decisions * bin.predicted * (1 - bin.predicted), 0);
  return Math.abs(losses - predictedLosses) <= Z90 * Math.sqrt(variance) + 0.5;
}
