/**
 * Mean squared distance of probabilities from outcomes (0 or 1); 0 is perfect; `null` without rows. Throws a `RangeError` for a
 * probability outside 0..1. Source: Brier 1950.
 */
export function brier(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number | null {
  return weightedMean(probabilities.length, weights, (i) => (chance(probabilities, i) - outcomes[i]!) ** 2);
}

/**
 * Mean negative log-likelihood of outcomes (0 or 1) under probabilities; 0 is perfect; `null` without rows.
 *
 * Nothing is clipped: a probability of exactly 0 for what happened, or of 1 for what did not, gives `Infinity`, because such a
 * forecast claims what no data can show. A model that gives one must be calibrated first. Throws a `RangeError` for a
 * probability outside 0..1. Source: Good 1952.
 *
 * @example logLoss([0.5, 0.5], [0, 1]) // log 2
 */
export function logLoss(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number | null {
  return weightedMean(probabilities.length, weights, (i) => {
    const p = chance(probabilities, i);
    return outcomes[i] === 1 ? -Math.log(p) : -Math.log1p(-p);
  });
}

/** How much better than the base rate: 1 is perfect, 0 no better, below 0 worse. */
export interface SkillScores {
  readonly baseRate: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly brierSkill: number;
  readonly logLossSkill: number;
}

/**
 * Brier and log-loss with their skill against forecasting a base rate for every row: by default the rows' own rate, the
 * hardest constant to beat; give `baseRate` when one was known beforehand. `null` without rows or with one class only.
 *
 * Source: Gneiting and Raftery 2007, JASA 102:359, section 2.3.
 */
export function skillScores(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { weights, baseRate }: { readonly weights?: ArrayLike<number>; readonly baseRate?: number } = {},
): SkillScores | null {
  const rate = weightedMean(outcomes.length, weights, (i) => outcomes[i]!);
  const squares = brier(probabilities, outcomes, weights);
  const loss = logLoss(probabilities, outcomes, weights);
  if (rate === null || squares === null || loss === null || rate === 0 || rate === 1) return null;
  const base = baseRate ?? rate;
  const baseLoss = -rate * Math.log(base) - (1 - rate) * Math.log1p(-base);
  const baseSquares = rate * (1 - base) ** 2 + (1 - rate) * base ** 2;
  return {
    baseRate: base,
    brier: squares,
    logLoss: loss,
    brierSkill: 1 - squares / baseSquares,
    logLossSkill: 1 - loss / baseLoss,
  };
}

function chance(probabilities: ArrayLike<number>, row: number): number {
  const p = probabilities[row]!;
  if (!(p >= 0 && p <= 1)) throw new RangeError(`The probability of row ${row} is ${p}, not within 0..1.`);
  return p;
}

function weightedMean(
  count: number,
  weights: ArrayLike<number> | undefined,
  of: (row: number) => number,
): number | null {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const weight = weights ? weights[i]! : 1;
    if (weight === 0) continue;
    sum += weight * of(i);
    total += weight;
  }
  return total > 0 ? sum / total : null;
}
