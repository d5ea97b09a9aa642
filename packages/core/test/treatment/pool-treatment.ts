import { logistic } from '../../src/retention/log-odds.ts';
import { calibrationSlope } from '../../src/stats/calibration/index.ts';
import { auc } from '../../src/stats/discrimination/index.ts';
import { simulateTreatment, type TreatmentWorld } from './simulate-treatment.ts';

/** Figures over many worlds. */
export interface PooledTreatment {
  readonly seeds: number;
  readonly treated: number;
  readonly untreated: number;
  /** Calibration slope, its standard error, and intercept over all untreated rows together. */
  readonly untreatedSlope: number;
  readonly untreatedSlopeError: number;
  readonly untreatedIntercept: number;
  /** The same of all rows against what would have happened untreated: what the score claims to tell. */
  readonly slopeAsIfUntreated: number;
  readonly interceptAsIfUntreated: number;
  /** Mean area under the curve over worlds, against what would have happened untreated, and of the truth itself. */
  readonly aucAsIfUntreated: number;
  readonly aucOfTruth: number;
  /** Against what did happen: acting on the top makes any score look worse. */
  readonly aucObserved: number;
  /** Expected losses by the score over losses that would have happened, in the top fifth. */
  readonly treatedExpectedOverUntreated: number;
}

/** Runs a world under seeds `firstSeed`, `firstSeed` + 1 and so on, and pools what was scored while people acted. */
export function poolTreatment(world: Omit<TreatmentWorld, 'seed'>, seeds: number, firstSeed = 1): PooledTreatment {
  const all: { readonly eta: number; readonly lost: number; readonly would: number; readonly treated: boolean }[] = [];
  let [own, best, observed] = [0, 0, 0];
  for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
    const { rows, scored, logOdds, lostUntreated, truth } = simulateTreatment({ ...world, seed });
    const pick = (column: ArrayLike<number>) => scored.map((i) => column[i]!);
    own += auc(pick(logOdds), pick(lostUntreated))! / seeds;
    best += auc(pick(truth), pick(lostUntreated))! / seeds;
    observed += auc(pick(logOdds), pick(rows.lost))! / seeds;
    for (const i of scored)
      all.push({ eta: logOdds[i]!, lost: rows.lost[i]!, would: lostUntreated[i]!, treated: rows.treated[i] === 1 });
  }
  const untreated = all.filter((it) => !it.treated);
  const treated = all.filter((it) => it.treated);
  const left = lineOf(untreated.map((it) => [it.eta, it.lost] as const));
  const whole = lineOf(all.map((it) => [it.eta, it.would] as const));
  const would = treated.reduce((sum, it) => sum + it.would, 0);
  return {
    ...{ seeds, treated: treated.length, untreated: untreated.length },
    ...{ untreatedSlope: left.slope, untreatedSlopeError: left.slopeError, untreatedIntercept: left.intercept },
    ...{ slopeAsIfUntreated: whole.slope, interceptAsIfUntreated: whole.intercept },
    ...{ aucAsIfUntreated: own, aucOfTruth: best, aucObserved: observed },
    treatedExpectedOverUntreated: treated.reduce((sum, it) => sum + logistic(it.eta), 0) / would,
  };
}

function lineOf(rows: readonly (readonly [eta: number, lost: number])[]) {
  const fit = calibrationSlope(
    rows.map(([eta]) => logistic(eta)),
    rows.map(([, lost]) => lost),
  );
  if (!fit.fitted) throw new Error(fit.message);
  return fit;
}
