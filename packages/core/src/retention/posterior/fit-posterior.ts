import { type FitControl, type FitRefusal, refuseFit } from '../../stats/fit.ts';
import { findMode } from './find-mode.ts';
import { heldWeights, plainInformation } from './held-weights.ts';
import { keepUnseenPoints } from './keep-unseen-points.ts';
import { newPass } from './log-likelihood.ts';
import { mixModes } from './mix-modes.ts';
import { modeCovariance } from './mode-covariance.ts';
import { layOutDesign, type PosteriorDesign, type PosteriorRows } from './posterior-design.ts';
import { priorOnly } from './prior-only.ts';
import { searchWidths } from './search-widths.ts';
import { type CandidatePrior, weighModes } from './weigh-modes.ts';

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
  /** Share of the weights' prior variance that the outcomes have removed, 0 to 1. */
  readonly learned: number;
}

/** Widths about the points, in multiples of the points' width: .1 .25 .5 1 2 at the default of .5 (retention model, 1.2). */
const POINTS_WIDTHS = [0.2, 0.5, 1, 2, 4] as const;
/** Widths about 0, for points that say nothing: ridge towards the base rate. */
const PLAIN_WIDTHS = [0.5, 1, 2] as const;
/** Outcomes after which "the points say nothing" is given even odds before the outcomes speak; none: not considered. */
const DOUBT_AFTER = 8;

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
  const losses = input.weight.reduce((sum, it, i) => sum + it * input.lost[i]!, 0);
  const information = plainInformation(design, input.weight, losses);
  const room = { pass: newPass(design.q), warm: false };
  const families = priorsOf(input, design);
  let done = 0;
  const modes = families.flatMap((family) =>
    searchWidths(family, (prior) => {
      if (input.options?.control?.signal?.aborted) return null;
      const weight = heldWeights(design, input.weight, information, prior);
      const rows = { n: design.n, q: design.q, z: design.z, lost: input.lost, weight };
      input.options?.control?.onProgress?.(++done / (families.length * POINTS_WIDTHS.length));
      return { prior, rows, mode: findMode(rows, prior, room) };
    }),
  );
  if (input.options?.control?.signal?.aborted) return refuseFit('cancelled', 'The fit was cancelled.');
  const components = weighModes(modes).map((it) => ({ ...it, covariance: modeCovariance(it.rows, input, it.mode) }));
  return keepUnseenPoints(mixModes(design, components), design, input);
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

/** Two families, about the points and about 0: every width, narrow to wide, with its log prior probability. */
function priorsOf(input: PosteriorInput, design: PosteriorDesign): readonly (readonly CandidatePrior[])[] {
  const points = input.priorMean.map((it, j) => it * design.columns[j]!.scale);
  const unit = input.options?.pointsWidth ?? 0.5;
  const shared = {
    base: input.priorBase,
    baseWidth: input.options?.baseWidth ?? 1,
    p: design.p,
    q: design.q,
    treatedAt: design.treatedAt,
  };
  const doubt = design.total / (design.total + DOUBT_AFTER);
  const about = (widths: readonly number[], centre: Float64Array, probability: number) =>
    widths.map((width) => ({
      ...shared,
      tau: width * unit,
      points: centre,
      logPrior: Math.log(probability / widths.length) - 0.5 * Math.log(width),
    }));
  return [about(POINTS_WIDTHS, points, 1 - doubt), about(PLAIN_WIDTHS, new Float64Array(design.p), doubt)];
}
