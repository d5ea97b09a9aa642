import { type FitControl, type FitRefusal, refuseFit } from '../fit.ts';
import { choleskyInPlace, invertCholesky, solveCholesky } from '../linear/index.ts';
import type { ErrorDistribution, ErrorTerm } from './aft-families.ts';
import { dependentColumn } from './covariates.ts';
import { addCrossProducts } from './cross-products.ts';

const MOST_ITERATIONS = 60;
/** The Newton decrement (twice the log-likelihood still to gain) at which the top is reached. */
const TOLERANCE = 1e-18;
/** Rounding may keep it above that: below this one a decrement that has stopped falling will do. */
const ROUNDED = 1e-11;

/**
 * Rows of z with error w = z'q: z = (-1, -x, log time), q = (means / scale, 1 / scale). In q the log-likelihood is concave for
 * these families, so Newton's method needs no good start. Source: Burridge 1981, JRSS B 43:41.
 */
export interface AftRows {
  readonly z: Float64Array;
  readonly columns: number;
  readonly event: ArrayLike<number>;
  readonly weight: Float64Array;
  /** Weighted. */
  readonly events: number;
  readonly error: ErrorDistribution;
  /** The last entry of q stays at 1 (exponential). */
  readonly fixedScale: boolean;
}

/** The top, in q; `covariance` over all of q, zero where the scale is fixed. */
export interface AftOptimum {
  readonly fitted: true;
  readonly q: Float64Array;
  readonly covariance: Float64Array;
  /** Of log time: without the change of variable to time. */
  readonly logLikelihood: number;
  readonly iterations: number;
}

/** Newton with halved steps from `start`; `names` (one for each free entry of q) serve the refusals. */
export function maximiseAft(
  rows: AftRows,
  start: Float64Array,
  names: readonly string[],
  control?: FitControl,
): AftOptimum | FitRefusal {
  const free = rows.columns - (rows.fixedScale ? 1 : 0);
  const work = emptyWork(rows);
  let q = start;
  let logLikelihood = evaluate(rows, q, work);
  let before = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    if (control?.signal?.aborted) return refuseFit('cancelled', 'The fit was stopped before it was done.');
    const information = informationOf(rows, q, work, free);
    const factor = information.slice();
    if (!choleskyInPlace(factor, free))
      return iteration === 0 ? dependent(names, information) : runaway(rows, q, start, names, q);
    const step = gradientOf(rows, q, work).slice(0, free);
    const gradient = step.slice();
    solveCholesky(factor, free, step);
    const decrement = step.reduce((sum, value, j) => sum + value * gradient[j]!, 0);
    control?.onProgress?.(1 - 0.5 ** iteration);
    if (decrement < TOLERANCE || (decrement < ROUNDED && decrement > before / 2)) {
      control?.onProgress?.(1);
      const covariance = padded(invertCholesky(factor, free), free, rows.columns);
      return { fitted: true, q, covariance, logLikelihood, iterations: iteration };
    }
    before = decrement;
    if (iteration >= 5 && risesForEver(rows, q, step, logLikelihood)) return runaway(rows, q, start, names, step);
    const next = climb(rows, q, step, logLikelihood, work);
    if (!next) break;
    q = next.q;
    logLikelihood = next.logLikelihood;
    if (q[rows.columns - 1]! > 1e7) return runaway(rows, q, start, names, q);
  }
  return refuseFit('not-converged', `The likelihood found no top: log-likelihood ${logLikelihood.toFixed(4)}.`);
}

interface Work {
  readonly slope: Float64Array;
  readonly bend: Float64Array;
}

function emptyWork({ weight }: AftRows): Work {
  return { slope: new Float64Array(weight.length), bend: new Float64Array(weight.length) };
}

function evaluate({ z, columns, event, weight, events, error }: AftRows, q: Float64Array, work: Work): number {
  const inverseScale = q[columns - 1]!;
  if (!(inverseScale > 0)) return Number.NEGATIVE_INFINITY;
  const term: ErrorTerm = { value: 0, slope: 0, bend: 0 };
  let sum = events * Math.log(inverseScale);
  for (let row = 0, at = 0; row < weight.length; row++) {
    let w = 0;
    for (let j = 0; j < columns; j++) w += z[at++]! * q[j]!;
    if (event[row] === 1) error.density(w, term);
    else error.survival(w, term);
    sum += weight[row]! * term.value;
    work.slope[row] = weight[row]! * term.slope;
    work.bend[row] = weight[row]! * term.bend;
  }
  return Number.isNaN(sum) ? Number.NEGATIVE_INFINITY : sum;
}

function gradientOf({ z, columns, events }: AftRows, q: Float64Array, { slope }: Work): Float64Array {
  const gradient = new Float64Array(columns);
  for (let row = 0, at = 0; row < slope.length; row++)
    for (let j = 0; j < columns; j++) gradient[j]! += slope[row]! * z[at++]!;
  gradient[columns - 1]! += events / q[columns - 1]!;
  return gradient;
}

/** The free part, lower triangle. */
function informationOf({ z, columns, events }: AftRows, q: Float64Array, { bend }: Work, free: number): Float64Array {
  const all = new Float64Array(columns * columns);
  addCrossProducts(all, new Float64Array(columns), z, bend);
  all[columns * columns - 1]! += events / q[columns - 1]! ** 2;
  if (free === columns) return all;
  return Float64Array.from({ length: free * free }, (_, at) => all[Math.floor(at / free) * columns + (at % free)]!);
}

function climb(rows: AftRows, q: Float64Array, step: Float64Array, before: number, work: Work) {
  for (let share = 1; share > 1e-9; share /= 2) {
    const tried = q.map((value, j) => value + share * (step[j] ?? 0));
    const logLikelihood = evaluate(rows, tried, work);
    if (logLikelihood >= before - 1e-11 * Math.abs(before)) return { q: tried, logLikelihood };
  }
  return undefined;
}

/** Whether nothing is lost 40 units of the error further on; a finite top is long past by then. */
function risesForEver(rows: AftRows, q: Float64Array, step: Float64Array, logLikelihood: number): boolean {
  let most = 0;
  for (let row = 0; row < rows.weight.length; row++) {
    let moved = 0;
    for (let j = 0; j < step.length; j++) moved += rows.z[row * rows.columns + j]! * step[j]!;
    most = Math.max(most, Math.abs(moved));
  }
  if (most < 1e-3) return false;
  const far = q.map((value, j) => value + (40 / most) * (step[j] ?? 0));
  return evaluate(rows, far, emptyWork(rows)) >= logLikelihood - 1e-4;
}

function padded(inverse: Float64Array, free: number, columns: number): Float64Array {
  return Float64Array.from({ length: columns * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    return i < free && j < free ? inverse[i * free + j]! : 0;
  });
}

function dependent(names: readonly string[], information: Float64Array): FitRefusal {
  const name = dependentColumn(names, information, choleskyInPlace);
  return refuseFit('constant-column', `Column "${name}" is made up of the columns before it: leave it out.`);
}

/** A top at infinity: the scale runs to 0 where the columns tell the events' times exactly, else a coefficient runs off. */
function runaway(
  { columns }: AftRows,
  q: Float64Array,
  start: Float64Array,
  names: readonly string[],
  along: Float64Array,
): FitRefusal {
  if (q[columns - 1]! > 1e3 * start[columns - 1]!)
    return refuseFit(
      'boundary',
      'The scale runs to 0: the columns tell the times of the events exactly. More events are needed.',
    );
  let most = 1;
  for (let j = 1; j < columns - 1; j++) if (Math.abs(along[j]!) > Math.abs(along[most]!)) most = j;
  return refuseFit(
    'separable',
    `The coefficient of "${names[most]}" is infinite: one side of it has no events. Merge rare groups or leave it out.`,
  );
}
