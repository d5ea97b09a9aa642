import { type FitRefusal, refuseFit } from '../fit.ts';
import { choleskyInPlace, solveCholesky } from '../linear/index.ts';
import { chiSquareTail } from '../special/index.ts';
import { type Covariates, scaleColumns } from './covariates.ts';
import type { ChiSquareTest, CoxFit } from './cox.ts';
import { computeDerivatives } from './cox-derivatives.ts';
import { arrangeCoxRows, type CoxRows } from './cox-rows.ts';
import { computeTerms, emptyTerms } from './cox-terms.ts';
import { buildRiskTable } from './risk-table.ts';
import { checkSpells, type Spells } from './spells.ts';

/** How time enters the alternative: share gone by then (Kaplan-Meier), or as it is. */
export type TimeScale = 'kaplan-meier' | 'identity';

/** Whether hazard ratios stay the same over time. A small p says that this one does not. */
export interface ProportionalHazardsTest {
  readonly fitted: true;
  readonly columns: readonly ({ readonly name: string } & ChiSquareTest)[];
  /** All columns at once. */
  readonly global: ChiSquareTest;
}

/**
 * The score test of adding x g(t) to a fitted Cox model, for each column and for all. `spells` and `covariates` are those of
 * the fit. Refused as the fit itself would be. Source: Grambsch and Therneau 1994, Biometrika 81:515, with the information
 * taken whole instead of averaged over event times.
 */
export function testProportionalHazards(
  fit: CoxFit,
  spells: Spells,
  covariates: Covariates,
  scale: TimeScale = 'kaplan-meier',
): ProportionalHazardsTest | FitRefusal {
  const refusal = checkSpells(spells);
  if (refusal) return refusal;
  if (covariates.names.length !== fit.names.length)
    return refuseFit('out-of-range', `The fit has the columns ${fit.names.join(', ')}.`);
  const columns = scaleColumns(covariates, spells.time.length);
  if ('fitted' in columns) return columns;
  const rows = arrangeCoxRows(spells, covariates, columns);
  const beta = Float64Array.from(fit.coefficients, (value, j) => value * columns.deviations[j]!);
  const terms = emptyTerms(rows, fit.ties);
  computeTerms(rows, beta, terms);
  const times = scale === 'identity' ? rows.time : sharesGone(rows, spells);
  const centred = centre(rows, times);
  const plain = computeDerivatives(rows, terms).information;
  const once = computeDerivatives(rows, terms, centred);
  const twice = computeDerivatives(
    rows,
    terms,
    centred.map((g) => g * g),
  ).information;
  const all = remaining(plain, once.information, twice, rows.columns);
  const test = (chosen: readonly number[]): ChiSquareTest | undefined => {
    const chiSquare = scoreStatistic(once.gradient, all, chosen, rows.columns);
    return chiSquare === undefined
      ? undefined
      : { chiSquare, degrees: chosen.length, p: chiSquareTail(chiSquare, chosen.length) };
  };
  const each = covariates.names.flatMap((name, j) => {
    const one = test([j]);
    return one ? [{ name, ...one }] : [];
  });
  const global = test(covariates.names.map((_, j) => j));
  if (!global || each.length < rows.columns)
    return refuseFit('no-events', 'There are too few event times to see a hazard ratio change.');
  return { fitted: true, columns: each, global };
}

/** 1 - S(t-), over all strata, by group. */
function sharesGone(rows: CoxRows, spells: Spells): Float64Array {
  const { time, atRisk, events } = buildRiskTable(spells);
  const gone = new Map<number, number>();
  let share = 1;
  time.forEach((at, s) => {
    gone.set(at, 1 - share);
    share *= 1 - events[s]! / atRisk[s]!;
  });
  return Float64Array.from({ length: rows.groups }, (_, g) => gone.get(rows.time[g]!)!);
}

/** A constant taken off g changes neither statistic; the mean keeps the sums small. */
function centre({ groups, events }: CoxRows, g: Float64Array): Float64Array {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < groups; at++) {
    sum += events[at]! * g[at]!;
    count += events[at]!;
  }
  return g.slice(0, groups).map((value) => value - sum / count);
}

/** Information about the columns times g once the plain coefficients are estimated: I_gg - I_gb I_bb^-1 I_bg, full. */
function remaining(plain: Float64Array, once: Float64Array, twice: Float64Array, p: number): Float64Array {
  const factor = plain.slice();
  choleskyInPlace(factor, p);
  const left = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    const column = Float64Array.from({ length: p }, (_, i) => symmetric(once, i, j, p));
    solveCholesky(factor, p, column);
    for (let i = 0; i < p; i++) {
      let sum = symmetric(twice, i, j, p);
      for (let k = 0; k < p; k++) sum -= symmetric(once, i, k, p) * column[k]!;
      left[i * p + j] = sum;
    }
  }
  return left;
}

function symmetric(lower: Float64Array, i: number, j: number, p: number): number {
  return i >= j ? lower[i * p + j]! : lower[j * p + i]!;
}

function scoreStatistic(
  score: Float64Array,
  all: Float64Array,
  chosen: readonly number[],
  p: number,
): number | undefined {
  const size = chosen.length;
  const factor = Float64Array.from({ length: size * size }, (_, at) => {
    return all[chosen[Math.floor(at / size)]! * p + chosen[at % size]!]!;
  });
  if (!choleskyInPlace(factor, size)) return undefined;
  const part = Float64Array.from(chosen, (j) => score[j]!);
  const solved = part.slice();
  solveCholesky(factor, size, solved);
  return part.reduce((sum, value, j) => sum + value * solved[j]!, 0);
}
