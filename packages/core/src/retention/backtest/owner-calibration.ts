import { Z90 } from '../../stats/special/normal.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import type { OwnerCalibration } from './accuracy-card.ts';

/** Owners with fewer decisions are not judged: luck would speak. */
export const MIN_OWNER_DECISIONS = 10;

/** One owner's losses against what was predicted for the accounts; for the private file only. */
export interface OwnerLine {
  readonly owner: number;
  readonly decisions: number;
  readonly losses: number;
  readonly predicted: number;
  /** `null`: too few decisions, or within what luck does. */
  readonly outside: 'fewer' | 'more' | null;
}

/**
 * Each owner's losses beside the sum of the predicted chances, which is what a human's or a model's optimism shows up in.
 * An owner stands outside when the losses lie beyond the 90 % interval of a Poisson-binomial count (normal form, half a
 * loss of continuity). Indexes are those of `rows.ownerIds`; rows without an owner are left out.
 */
export function ownerLines(rows: DecisionRows, chances: Float64Array, told: Int32Array): readonly OwnerLine[] {
  const sums = new Map<number, { decisions: number; losses: number; predicted: number; variance: number }>();
  for (const i of told) {
    const [owner, chance] = [rows.owner[i]!, chances[i]!];
    if (owner < 0) continue;
    const sum = sums.get(owner) ?? { decisions: 0, losses: 0, predicted: 0, variance: 0 };
    sums.set(owner, sum);
    sum.decisions += 1;
    sum.losses += rows.lost[i]!;
    sum.predicted += chance;
    sum.variance += chance * (1 - chance);
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([owner, { decisions, losses, predicted, variance }]) => {
      const beyond = decisions < MIN_OWNER_DECISIONS ? 0 : beyondLuck(losses - predicted, variance);
      return { owner, decisions, losses, predicted, outside: beyond === 0 ? null : beyond > 0 ? 'more' : 'fewer' };
    });
}

function beyondLuck(difference: number, variance: number): number {
  const allowed = 0.5 + Z90 * Math.sqrt(variance);
  return Math.abs(difference) > allowed ? difference : 0;
}

/** The owners' calibration as counts: the team's figure, without names. */
export function ownerCalibration(lines: readonly OwnerLine[]): OwnerCalibration {
  const judged = lines.filter(({ decisions }) => decisions >= MIN_OWNER_DECISIONS);
  return {
    owners: lines.length,
    judged: judged.length,
    minDecisions: MIN_OWNER_DECISIONS,
    fewerLosses: judged.filter(({ outside }) => outside === 'fewer').length,
    moreLosses: judged.filter(({ outside }) => outside === 'more').length,
  };
}
