import { logistic } from '../log-odds.ts';
import type { FittedRetention } from '../posterior/fitted-retention.ts';
import { predictRisk } from '../posterior/predict-risk.ts';
import type { DecisionRows } from '../training/decision-rows.ts';

/** The chance of loss of every row by a fitted model; `swings` may be those of another cut-off of the same rows. */
export function predictRows(
  fitted: FittedRetention,
  rows: Pick<DecisionRows, 'count' | 'drivers' | 'swings'>,
  swings = rows.swings,
): Float64Array {
  const width = rows.drivers.length;
  const chances = new Float64Array(rows.count);
  for (let i = 0; i < rows.count; i += 1) {
    chances[i] = logistic(predictRisk(fitted, swings.subarray(i * width, (i + 1) * width)).logOdds);
  }
  return chances;
}
