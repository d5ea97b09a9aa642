import { type FitControl, type FitRefusal, refuseFit } from '../fit.ts';
import { chiSquareTail } from '../special/index.ts';
import { countConcordance } from './concordance.ts';
import { type Covariates, scaleColumns } from './covariates.ts';
import { type BaselineHazard, baselineHazards } from './cox-baseline.ts';
import { type CoxOptimum, maximiseCox } from './cox-newton.ts';
import { arrangeCoxRows, type CoxRows } from './cox-rows.ts';
import type { Ties } from './cox-terms.ts';
import { checkSpells, type Spells } from './spells.ts';

/** Choices of `fitCox`. */
export interface CoxOptions {
  /** `efron` by default. */
  readonly ties?: Ties;
  readonly control?: FitControl;
}

/** A chi-square test and its p-value. */
export interface ChiSquareTest {
  readonly chiSquare: number;
  readonly degrees: number;
  readonly p: number;
}

/** A proportional-hazards model: hazard(t | x) = baseline(t) exp(coefficients' (x - means)). */
export interface CoxFit {
  readonly fitted: true;
  readonly ties: Ties;
  readonly rows: number;
  /** Weighted. */
  readonly events: number;
  readonly names: readonly string[];
  /** Log hazard ratio per unit of each column. */
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  /** Columns x columns, row by row. */
  readonly covariance: readonly number[];
  /** Unweighted column means: the baseline is that of a subject with these values. */
  readonly means: readonly number[];
  readonly baseline: readonly BaselineHazard[];
  readonly logLikelihood: number;
  /** With all coefficients 0. */
  readonly logLikelihoodNull: number;
  readonly likelihoodRatio: ChiSquareTest;
  readonly wald: ChiSquareTest;
  readonly score: ChiSquareTest;
  /** C-index of the linear predictor on the rows of the fit; null where no two rows can be compared. */
  readonly concordance: { readonly concordance: number; readonly standardError: number } | null;
  readonly iterations: number;
}

/**
 * Cox regression: right-censored or start-stop rows, strata with baselines of their own, weights as equal rows (exact for
 * Breslow's ties; Efron's share out events, and a weight is one event). Standard errors from the observed information.
 * Refused: fewer than two rows, no events, constant or dependent columns, an infinite coefficient, values that are not
 * finite, no convergence, cancelled. Sources: Cox 1972, JRSS B 34:187; Efron 1977, JASA 72:557; Breslow 1974, Biometrics 30:89.
 *
 * @example fitCox({ time: [4, 3, 1, 2], event: [1, 1, 1, 0] }, { names: ['seats'], values: [1, 3, 2, 5] })
 */
export function fitCox(spells: Spells, covariates: Covariates, options: CoxOptions = {}): CoxFit | FitRefusal {
  const { ties = 'efron', control } = options;
  const refusal = checkSpells(spells);
  if (refusal) return refusal;
  if (spells.time.length < 2) return refuseFit('no-rows', 'One row cannot be compared with any other: two are needed.');
  if (!Array.prototype.includes.call(spells.event, 1))
    return refuseFit('no-events', 'No row has an event: nothing can be learned about the hazard yet.');
  const scale = scaleColumns(covariates, spells.time.length);
  if ('fitted' in scale) return scale;
  const rows = arrangeCoxRows(spells, covariates, scale);
  const top = maximiseCox(rows, ties, covariates.names, control);
  if (!top.fitted) return top;
  const { deviations, means } = scale;
  const p = means.length;
  const covariance = Array.from(top.covariance, (value, at) => {
    return value / (deviations[Math.floor(at / p)]! * deviations[at % p]!);
  });
  return {
    fitted: true,
    ties,
    rows: rows.count,
    events: countEvents(rows),
    names: covariates.names,
    coefficients: Array.from(top.beta, (value, j) => value / deviations[j]!),
    standardErrors: Array.from(means, (_, j) => Math.sqrt(covariance[j * p + j]!)),
    covariance,
    means: [...means],
    baseline: baselineHazards(rows, top.terms, spells.stratum),
    ...testsOf(top, p),
    concordance: concordanceOf(spells, rows, top),
    iterations: top.iterations,
  };
}

function testsOf(top: CoxOptimum, degrees: number) {
  const test = (chiSquare: number) => ({ chiSquare, degrees, p: chiSquareTail(chiSquare, degrees) });
  const { logLikelihood, logLikelihoodNull } = top;
  return {
    logLikelihood,
    logLikelihoodNull,
    likelihoodRatio: test(Math.max(0, 2 * (logLikelihood - logLikelihoodNull))),
    wald: test(top.wald),
    score: test(top.score),
  };
}

function countEvents({ groups, start, events, weight }: CoxRows): number {
  let sum = 0;
  for (let g = 0; g < groups; g++) for (let k = 0; k < events[g]!; k++) sum += weight[start[g]! + k]!;
  return sum;
}

function concordanceOf(spells: Spells, rows: CoxRows, top: CoxOptimum): CoxFit['concordance'] {
  const eta = new Float64Array(rows.count);
  for (let place = 0; place < rows.count; place++) eta[rows.row[place]!] = top.terms.eta[place]!;
  const counted = countConcordance(spells, eta);
  return counted.fitted ? { concordance: counted.concordance, standardError: counted.standardError } : null;
}
