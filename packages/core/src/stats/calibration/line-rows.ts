import { type FitRefusal, refuseFit } from '../fit.ts';

/** The rows that count, with the log-odds centred and scaled so that both coefficients are of one size. */
export interface LineRows {
  readonly x: Float64Array;
  readonly outcomes: ArrayLike<number>;
  readonly weights: Float64Array;
  readonly centre: number;
  readonly scale: number;
  /** The log-odds of the share of events, where the search starts. */
  readonly start: number;
}

/**
 * Checks the rows of a two-coefficient logistic line and centres and scales them; a refusal where no line can be fitted. Throws
 * a `RangeError` for columns of different lengths.
 */
export function lineRows(
  logOdds: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  given: ArrayLike<number> | undefined,
): LineRows | FitRefusal {
  const weights = given ? Float64Array.from(given) : new Float64Array(logOdds.length).fill(1);
  if (outcomes.length !== logOdds.length || weights.length !== logOdds.length)
    throw new RangeError('Log-odds, outcomes and weights must have one entry per row.');
  const ranges = [newRange(), newRange()] as const;
  let total = 0;
  let events = 0;
  let sum = 0;
  for (let i = 0; i < logOdds.length; i++) {
    const w = weights[i]!;
    const x = logOdds[i]!;
    const y = outcomes[i]!;
    if (!(w >= 0 && Number.isFinite(w))) return refuseFit('out-of-range', `The weight of row ${i} is ${w}.`);
    if (w === 0) continue;
    if (!Number.isFinite(x))
      return refuseFit('not-finite', `The log-odds of row ${i} are ${x}: a score of 0 or 1 has none.`);
    if (y !== 0 && y !== 1) return refuseFit('out-of-range', `The outcome of row ${i} is ${y}, not 0 or 1.`);
    const range = ranges[y];
    range.low = Math.min(range.low, x);
    range.high = Math.max(range.high, x);
    total += w;
    events += w * y;
    sum += w * x;
  }
  const refusal = refuseRanges(total, ranges[0], ranges[1]);
  if (refusal) return refusal;
  const centre = sum / total;
  let squares = 0;
  for (let i = 0; i < logOdds.length; i++) if (weights[i] !== 0) squares += weights[i]! * (logOdds[i]! - centre) ** 2;
  const scale = Math.sqrt(squares / total);
  if (scale === 0)
    return refuseFit('constant-column', 'All scores are the same but for rounding: there is no slope to find.');
  if (!Number.isFinite(scale)) return refuseFit('out-of-range', 'The log-odds are too large to work with.');
  const counted = (column: ArrayLike<number>) => Float64Array.from(column, (v, i) => (weights[i] === 0 ? 0 : v));
  const x = counted(logOdds).map((v) => (v - centre) / scale);
  return { x, outcomes: counted(outcomes), weights, centre, scale, start: Math.log(events / (total - events)) };
}

interface Range {
  low: number;
  high: number;
}

function newRange(): Range {
  return { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
}

function refuseRanges(total: number, others: Range, events: Range): FitRefusal | undefined {
  if (total === 0) return refuseFit('no-rows', 'There is no row with an outcome to calibrate on.');
  if (events.high < events.low || others.high < others.low)
    return refuseFit('one-class', 'All outcomes are the same: a calibration line needs both kinds.');
  if (Math.max(events.high, others.high) === Math.min(events.low, others.low))
    return refuseFit('constant-column', 'All scores are the same: there is no slope to find.');
  if (events.low >= others.high || events.high <= others.low)
    return refuseFit(
      'separable',
      'The scores part the outcomes without an overlap: the slope has no end. Collect more rows.',
    );
  return undefined;
}
