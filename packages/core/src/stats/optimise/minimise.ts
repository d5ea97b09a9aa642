import type { FitControl } from '../fit.ts';
import { curvatureHistory } from './curvature-history.ts';
import { searchLine } from './search-line.ts';

/** A function to make small: returns its value at `x` and writes its gradient; not finite outside its domain. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** Done when the largest gradient entry is at most this times max(1, the smaller of |first| and |present value|). Default 1e-9. */
  readonly tolerance?: number;
  /** Default 200; one iteration is one evaluation, seldom two, never over 30. */
  readonly maxIterations?: number;
  /** Pairs of steps remembered. Default 10. */
  readonly memory?: number;
  /** Overwrites a gradient with (an approximation of) the inverse Hessian times it; left out, a multiple of the identity. */
  readonly precondition?: (gradient: Float64Array) => void;
  readonly control?: FitControl;
}

/** Where a search ended. `value` is `Infinity` when the start lies outside the domain, and then nothing converged. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** The largest absolute entry of the gradient at `x`. */
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly evaluations: number;
  /** The gradient is within tolerance; or no step makes the value smaller any more and the gradient is next to nothing. */
  readonly converged: boolean;
  readonly cancelled: boolean;
}

/** When rounding leaves no smaller value, a gradient within this times max(1, |value|) still counts as converged. */
const FLOOR = 1e-6;

/**
 * The minimum near `start` by L-BFGS with a Wolfe line search; `start` is left alone. Bounded work, same result every
 * time. Source: Nocedal and Wright, Numerical Optimization (2nd ed.), algorithms 7.4 and 7.5.
 *
 * @example
 * minimise((x, gradient) => { gradient[0] = 2 * (x[0]! - 3); return (x[0]! - 3) ** 2; }, new Float64Array(1)).x // [3]
 */
export function minimise(f: Objective, start: Float64Array, options: MinimiseOptions = {}): Minimum {
  const { tolerance = 1e-9, maxIterations = 200, memory = 10, precondition, control } = options;
  let x: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(x.length);
  let value = f(x, gradient);
  let iterations = 0;
  let evaluations = 1;
  const history = curvatureHistory(x.length, memory, precondition);
  const firstNorm = largest(gradient);
  const firstSize = Math.abs(value);
  let shown = 0;

  const end = (converged: boolean, cancelled = false): Minimum => ({
    x,
    value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value,
    gradientNorm: largest(gradient),
    iterations,
    evaluations,
    converged,
    cancelled,
  });
  if (!Number.isFinite(value) || !Number.isFinite(firstNorm)) return end(false);

  for (;;) {
    const norm = largest(gradient);
    // the smaller of the two: a value that falls without end must not pass for a small gradient
    const scale = Math.max(1, Math.min(Math.abs(value), firstSize));
    if (norm <= tolerance * scale) return end(true);
    if (control?.signal?.aborted) return end(false, true);
    if (iterations >= maxIterations) return end(false);
    shown = Math.max(shown, shareDone(firstNorm, norm, tolerance * scale));
    control?.onProgress?.(shown);

    const direction = history.descend(gradient);
    const found = searchLine(f, { x, value, gradient, direction, first: history.firstStep(gradient) });
    evaluations += found.evaluations;
    if (found.step === 0) {
      if (norm <= FLOOR * scale) return end(true);
      // what was learned of the curvature misleads: try once more from the bare gradient
      if (!history.forget()) return end(false);
      continue;
    }
    history.learn(x, gradient, found.x, found.gradient);
    ({ x, value, gradient } = found);
    iterations++;
  }
}

/** 0 at the first gradient, 1 at the one that is small enough, even on a logarithmic scale. */
function shareDone(first: number, now: number, enough: number): number {
  const share = Math.log(first / now) / Math.log(first / enough);
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

/** `Infinity` when an entry is not finite. */
function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY;
    most = Math.max(most, Math.abs(value));
  }
  return most;
}
