import { type FitControl, type FitRefusal, refuseFit } from '../../stats/fit.ts';
import { invertCholesky } from '../../stats/linear/index.ts';
import { clusterInformation, clustersRepeat } from './cluster-covariance.ts';
import { findMode, type Mode } from './find-mode.ts';
import { newPass } from './log-likelihood.ts';
import { mixModes } from './mix-modes.ts';
import type { PointsPrior } from './points-prior.ts';
import { layOutDesign, type PosteriorDesign, type PosteriorRows } from './posterior-design.ts';
import { priorOnly } from './prior-only.ts';

/** Rows and prior of a posterior. */
export interface PosteriorInput extends PosteriorRows {
  /** Points: log-odds of loss per unit of each column of `x`. */
  readonly priorMean: Float64Array;
  /** Log-odds of loss where every column is 0. */
  readonly priorBase: number;
  readonly options?: PosteriorOptions;
}

/** Prior widths in log-odds, of the base and of the points per unit, and the hooks of a long fit. */
export interface PosteriorOptions {
  /** Default 1. */
  readonly baseWidth?: number;
  /** Default 0.5: the middle of the grid of widths. */
  readonly pointsWidth?: number;
  /** Outcomes at which half of their say is given; see `learningShare`. */
  readonly halfSay?: number;
  readonly control?: FitControl;
}

/** One width of the prior and how well the outcomes speak for it. */
export interface PosteriorComponent {
  readonly tau: number;
  /** Mean of the recalibration slope under this width. */
  readonly slope: number;
  readonly weight: number;
}

/**
 * Log-odds of loss are `intercept`, plus `weights[j] * x[j]` for every known column, plus `missing[j]` for every other.
 * `covariance` is full, of (intercept, weights, missing), row by row.
 */
export interface FittedPosterior {
  readonly fitted: true;
  readonly intercept: number;
  readonly weights: Float64Array;
  readonly missing: Float64Array;
  readonly treatment: number;
  readonly covariance: Float64Array;
  readonly components: readonly PosteriorComponent[];
  /** Mean of each column over the rows where it is known; 0 when it never is. */
  readonly means: Float64Array;
  /** Share of the prior's uncertainty that the outcomes have removed: from the slope, and from the weights about it. */
  readonly learned: { readonly slope: number; readonly weights: number };
}

/** Widths tried, in multiples of the points' width: .1 .25 .5 1 2 at the default of .5 (retention model, 1.2). */
const WIDTHS = [0.2, 0.5, 1, 2, 4] as const;
const HALF_SAY = 10;

/**
 * The share of their weight that outcomes are given: n / (n + halfSay). The first few outcomes of a book are the least
 * typical (one month, one owner, the ones somebody bothered to enter), and at the prior's full width a single one would
 * move accounts by 20 points. A power posterior: Bissiri, Holmes and Walker 2016, JRSS B 78:1103.
 */
export function learningShare(total: number, halfSay: number): number {
  return total / (total + halfSay);
}

/**
 * The posterior of a logistic model whose prior is a points score: averaged, by Laplace evidence, over how far weights
 * may leave the points (`tau`) and, exactly, over the points' slope. Finite for no rows, one class, separable data and
 * constant columns; the order of rows does not matter, a weight of 2 is two rows. Refuses only values that are no
 * numbers and a cancelled run. Source: MacKay 1992, Neural Computation 4:720 (evidence); retention model, rules 5 and 6.
 */
export function fitPosterior(input: PosteriorInput): FittedPosterior | FitRefusal {
  const refusal = refuseValues(input);
  if (refusal) return refusal;
  const design = layOutDesign(input, input.priorMean.length);
  if (design.total === 0) return priorOnly(input);
  const rows = { n: design.n, q: design.q, z: design.z, lost: input.lost, weight: input.weight };
  const share = learningShare(design.total, input.options?.halfSay ?? HALF_SAY);
  const priors = priorsOf(input, design);
  const room = { pass: newPass(design.q), warm: false };
  const clustered = clustersRepeat(input.cluster);
  const modes: { prior: PointsPrior; mode: Mode; covariance: Float64Array }[] = [];
  let start = startAt(input, design);
  for (const prior of priors) {
    if (input.options?.control?.signal?.aborted) return refuseFit('cancelled', 'The fit was cancelled.');
    const mode = findMode(rows, prior, share, start, room);
    start = mode.theta;
    const inverse = invertCholesky(mode.factor, design.q);
    const covariance = clustered
      ? sandwich(inverse, mode, clusterInformation(rows, input.cluster, mode.theta, mode.information, share), design.q)
      : inverse;
    modes.push({ prior, mode, covariance });
    input.options?.control?.onProgress?.(modes.length / priors.length);
  }
  return mixModes(design, modes);
}

function refuseValues(input: PosteriorInput): FitRefusal | null {
  const good =
    input.x.every((it) => Number.isFinite(it) || Number.isNaN(it)) &&
    input.weight.every((it) => Number.isFinite(it) && it >= 0) &&
    input.priorMean.every(Number.isFinite) &&
    Number.isFinite(input.priorBase);
  if (good) return null;
  return refuseFit('not-finite', 'A fact, weight, point or base rate is infinite or no number; check the scorecard.');
}

function priorsOf(input: PosteriorInput, design: PosteriorDesign): readonly PointsPrior[] {
  const points = input.priorMean.map((it, j) => it * design.columns[j]!.scale);
  return WIDTHS.map((width) => ({
    tau: width * (input.options?.pointsWidth ?? 0.5),
    base: input.priorBase,
    baseWidth: input.options?.baseWidth ?? 1,
    points,
    p: design.p,
    q: design.q,
    treatedAt: design.treatedAt,
  }));
}

function startAt(input: PosteriorInput, design: PosteriorDesign): Float64Array {
  const theta = new Float64Array(design.q);
  theta[0] = input.priorBase;
  for (let j = 0; j < design.p; j++) theta[1 + j] = input.priorMean[j]! * design.columns[j]!.scale;
  return theta;
}

/**
 * H^-1 (information of clusters + prior precision) H^-1, H = information of independent rows + prior precision; so
 * H^-1 + H^-1 (difference) H^-1, which is H^-1 itself when rows are independent.
 */
function sandwich(inverse: Float64Array, mode: Mode, clustered: Float64Array, q: number): Float64Array {
  const full = new Float64Array(q * q);
  for (let j = 0; j < q; j++) {
    for (let k = 0; k <= j; k++) {
      const difference = clustered[j * q + k]! - mode.information[j * q + k]!;
      full[j * q + k] = difference;
      full[k * q + j] = difference;
    }
  }
  const product = multiply(multiply(inverse, full, q), inverse, q);
  return inverse.map((it, k) => it + product[k]!);
}

function multiply(a: Float64Array, b: Float64Array, q: number): Float64Array {
  const out = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    for (let k = 0; k < q; k++) {
      const left = a[i * q + k]!;
      if (left === 0) continue;
      for (let j = 0; j < q; j++) out[i * q + j] = out[i * q + j]! + left * b[k * q + j]!;
    }
  }
  return out;
}
