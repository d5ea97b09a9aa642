import { stepAt } from '../../stats/boosting/index.ts';
import type { Challenger } from './challenger.ts';

/** One driver's signed part of a challenger's score, in log-odds. */
export interface ChallengerPart {
  readonly name: string;
  readonly logOdds: number;
}

/** The parts of one row (a value per driver, `NaN` missing): with the intercept they add up to its log-odds exactly. */
export function challengerParts(model: Challenger, values: ArrayLike<number>): readonly ChallengerPart[] {
  return model.drivers.map((driver, j) => ({ name: driver.name, logOdds: stepAt(driver, values[j]!) }));
}

/** Chance of loss of every row of a row-by-row matrix with the model's columns in its order; never 0, never 1. */
export function challengerRisks(model: Challenger, x: Float64Array): Float64Array {
  const columns = model.drivers.length;
  const logOdds = new Float64Array(columns === 0 ? 0 : x.length / columns).fill(model.intercept);
  model.drivers.forEach((driver, j) => {
    for (let i = 0; i < logOdds.length; i++) logOdds[i] = logOdds[i]! + stepAt(driver, x[i * columns + j]!);
  });
  return logOdds.map((value) => 1 / (1 + Math.exp(-value)));
}
