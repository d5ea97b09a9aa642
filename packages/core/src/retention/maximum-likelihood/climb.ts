import type { FitControl } from '../../stats/fit.ts';
import { LOWEST, type Point, stepInBox } from './step-in-box.ts';
import type { Target } from './target.ts';

/**
 * The largest logarithm of a shape, at which nothing varies any more, and of what is told in units of time or beside a
 * shape.
 */
export const MOST_SHAPE = 10;
export const MOST_SCALE = 16;

/** Where a climb ended; `theta` are the logarithms of the parameters. */
export interface Summit extends Point {
  readonly outcome: 'converged' | 'not-converged' | 'not-finite' | 'cancelled';
  readonly iterations: number;
}

const MOST_ITERATIONS = 200;
/** Expected gain in log-likelihood below which one more full step ends the climb: it leaves about its square. */
const ENOUGH = 1e-8;
const MOST_DAMPING = 1e12;
/** A ridge without end is left when so many steps together gain no more than this. */
const PATIENCE = 12;
const RIDGE_GAIN = 1e-6;

/**
 * The maximum of a log-likelihood of a few parameters by Newton's method, damped where the surface is not concave,
 * inside a box: a parameter on the edge whose gradient points outwards is held there. `highest` are the upper edges.
 * Bounded work, the same result every time.
 *
 * Source: Nocedal and Wright, Numerical Optimization (2nd ed.), 3.4 (modified Hessian) and 16.7 (gradient projection).
 */
export function climb(
  target: Target,
  start: Float64Array,
  highest: readonly number[],
  control: FitControl = {},
): Summit {
  let point = at(
    target,
    start.map((it, i) => Math.min(highest[i]!, Math.max(LOWEST, it))),
    highest,
  );
  const passed: number[] = [];
  let damping = 0;
  let iterations = 0;
  const end = (outcome: Summit['outcome']): Summit => ({ outcome, ...point, iterations });
  if (!isFinitePoint(point)) return end('not-finite');
  while (iterations < MOST_ITERATIONS) {
    if (control.signal?.aborted) return end('cancelled');
    // five steps are the ordinary case
    control.onProgress?.(iterations / (iterations + 5));
    iterations++;
    const step = stepInBox(point, damping);
    if (step === null) {
      damping = raise(damping);
      if (damping > MOST_DAMPING) return end('not-converged');
      continue;
    }
    const last = step.gain <= ENOUGH && damping < 1e-3;
    const next = at(target, step.theta, highest);
    // rounding of a sum of that size must not stop the last steps
    const slack = 1e-12 * Math.abs(point.value) + ENOUGH;
    if (isFinitePoint(next) && next.value >= point.value - slack) {
      point = next;
      damping = damping < 1e-6 ? 0 : damping / 10;
      if (last || onRidge(passed, point.value)) return end('converged');
    } else {
      if (last) return end('converged');
      damping = raise(damping);
      if (damping > MOST_DAMPING) return end(promisesNothing(point) ? 'converged' : 'not-converged');
    }
  }
  return end('not-converged');
}

/** Whether what stopped the climb can only be rounding: the undamped quadratic promises next to nothing. */
function promisesNothing(point: Point): boolean {
  const gain = stepInBox(point, 0)?.gain ?? Number.POSITIVE_INFINITY;
  return gain < RIDGE_GAIN;
}

/** Remembers the value of an accepted step, and tells whether the latest ones gained next to nothing together. */
function onRidge(passed: number[], value: number): boolean {
  passed.push(value);
  const before = passed.at(-1 - PATIENCE);
  return before !== undefined && value - before < RIDGE_GAIN + 1e-13 * Math.abs(value);
}

function at(target: Target, theta: Float64Array, highest: readonly number[]): Point {
  const gradient = new Float64Array(theta.length);
  const hessian = new Float64Array(theta.length ** 2);
  return { theta, value: target(theta, gradient, hessian), gradient, hessian, highest };
}

function isFinitePoint({ value, gradient, hessian }: Point): boolean {
  return Number.isFinite(value) && gradient.every(Number.isFinite) && hessian.every(Number.isFinite);
}

function raise(damping: number): number {
  return damping === 0 ? 1e-3 : damping * 10;
}
