import { binColumns } from '../../stats/boosting/bin-columns.ts';
import { stumpSettings } from '../../stats/boosting/fit-stumps.ts';
import { growStumps } from '../../stats/boosting/grow-stumps.ts';
import { compileStumps, type StumpModel } from '../../stats/boosting/step-table.ts';
import { fitPlatt } from '../../stats/calibration/index.ts';
import { type FitControl, type FitRefusal, refuseFit } from '../../stats/fit.ts';
import { createRandom } from '../../stats/random/index.ts';
import { accountFolds } from './account-folds.ts';
import type { Challenger, ChallengerRows } from './challenger.ts';
import { checkChallenger } from './check-challenger.ts';
import { bestRounds, growWithoutEach, heldOutLogOdds } from './held-out.ts';

export interface ChallengerOptions {
  /** Distinct accounts of each kind, lost and kept, that are asked for. Default 500. */
  readonly minOutcomes?: number;
  /** Parts that the accounts are dealt into for calibration. Default 5. */
  readonly folds?: number;
  /** The most steps. Default 300. */
  readonly maxRounds?: number;
  /** Default 1. */
  readonly seed?: number;
  readonly control?: FitControl;
}

/** Whether more steps help is looked at so often. */
const PACE = 10;

/**
 * The challenger of the posterior: additive boosted stumps, calibrated by Platt's line on accounts that were not learned
 * from, never by isotonic steps, which give 0 and 1 (rule 8). Whoever promotes it compares it on a later time slice.
 * Refuses few outcomes, one class and infinite values; the same rows and seed give the same bytes.
 */
export function fitChallenger(rows: ChallengerRows, options: ChallengerOptions = {}): Challenger | FitRefusal {
  const { folds = 5, maxRounds = 300, seed = 1, minOutcomes = 500, control } = options;
  const outcomes = checkChallenger(rows, { folds, maxRounds, minOutcomes });
  if ('fitted' in outcomes) return outcomes;
  const settings = stumpSettings({ rounds: maxRounds });
  const binned = binColumns(rows.x, rows.names.length, settings.bins);
  const growing = (fit: number) => ({
    ...settings,
    uniform: createRandom(seed + fit / (folds + 1)).uniform,
    control: partOf(control, fit, folds + 1),
  });

  const held = growWithoutEach(binned, rows, accountFolds(rows.cluster, rows.lost, folds, seed), folds, growing);
  if (control?.signal?.aborted) return refuseFit('cancelled', 'The fit was cancelled.');
  const rounds = bestRounds(held, binned, rows, maxRounds, PACE);
  const platt = calibrate(heldOutLogOdds(held, binned, rows.lost.length, rounds), rows);
  if ('problem' in platt) return platt;
  const all = Int32Array.from(rows.lost, (_, i) => i);
  const grown = growStumps(binned, all, rows.lost, rows.weight, { ...growing(folds), rounds });
  if (grown.cancelled) return refuseFit('cancelled', 'The fit was cancelled.');
  control?.onProgress?.(1);
  return { ...calibrated(compileStumps(grown, binned, rows.weight), platt, rows.names), outcomes, rounds };
}

/** Platt's line; the base rate where what was learned holds for nobody else. */
function calibrate(logOdds: Float64Array, { lost, weight, cluster }: ChallengerRows): Challenger['platt'] | FitRefusal {
  const platt = fitPlatt(logOdds, lost, { weights: weight, clusters: cluster });
  if (platt.fitted && platt.slope > 0) return { slope: platt.slope, intercept: platt.intercept };
  if (platt.fitted || platt.problem === 'constant-column') return { slope: 0, intercept: baseLogOdds(lost, weight) };
  if (platt.problem !== 'separable') return platt;
  return refuseFit(
    'separable',
    'A column gives the outcome away: accounts not learned from are told apart without one error.',
  );
}

function baseLogOdds(lost: Uint8Array, weight: Float64Array): number {
  let all = 0;
  let gone = 0;
  for (let i = 0; i < lost.length; i++) {
    all += weight[i]!;
    gone += weight[i]! * lost[i]!;
  }
  return Math.log(gone / (all - gone));
}

/** Takes the calibration into the tables: slope times every part, slope times the intercept plus its own. */
function calibrated(model: StumpModel, platt: Challenger['platt'], names: readonly string[]) {
  const { slope } = platt;
  return {
    fitted: true as const,
    intercept: platt.intercept + slope * model.intercept,
    drivers: model.tables.map((table, j) => ({
      name: names[j]!,
      cuts: slope === 0 ? [] : table.cuts,
      values: slope === 0 ? [0] : table.values.map((value) => slope * value),
      missing: slope * table.missing,
    })),
    platt,
  };
}

function partOf(control: FitControl | undefined, part: number, parts: number): FitControl | undefined {
  if (!control) return undefined;
  return { ...control, onProgress: (share) => control.onProgress?.((part + share) / parts) };
}
