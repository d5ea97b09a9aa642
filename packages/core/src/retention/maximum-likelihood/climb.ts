import type { FitControl } from '../../stats/fit.ts';
import { choleskyInPlace, solveCholesky } from '../../stats/linear/index.ts';
import type { Target } from './target.ts';

/** Logarithms of parameters stay above this. A maximum on the edge is a boundary solution. */
const LOWEST = -20;
/** The largest logarithm of a shape, at which nothing varies any more, and of what is told in units of time or beside a shape. */
export const MOST_SHAPE = 10;
export const MOST_SCALE = 16;

/** Where a climb ended; `theta` are the logarithms of the parameters. */
export interface Summit {
  readonly outcome: 'converged' | 'not-converged' | 'not-finite' | 'cancelled';
  readonly theta: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly highest: readonly number[];
  readonly iterations: number;
}

interface Point {
  readonly theta: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly highest: readonly number[];
}

const MOST_ITERATIONS = 120;
const LONGEST_STEP = 2;
/** Expected gain in log-likelihood below which one more full step ends the climb: it leaves about its square. */
const ENOUGH = 1e-8;
const MOST_DAMPING = 1e12;
/** A ridge without end is left when so many steps together gain no more than this. */
const PATIENCE = 12;
const RIDGE_GAIN = 1e-6;

/**
 * The maximum of a log-likelihood of a few parameters by Newton's method, damped where the surface is not concave, inside a
 * box: a parameter on the edge whose gradient points outwards is held there. `highest` are the upper edges. Bounded work, the same
 * result every time.
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
    start.map((it, i) => clamp(it, highest[i]!)),
    highest,
  );
  const passed: number[] = [];
  let damping = 0;
  let iterations = 0;
  const end = (outcome: Summit['outcome']): Summit => ({ outcome, ...point, iterations });
  if (!isFinitePoint(point)) return end('not-finite');
  while (iterations < MOST_ITERATIONS) {
    if (control.signal?.aborted) return end('cancelled');
    control.onProgress?.(iterations / MOST_ITERATIONS);
    iterations++;
    const free = freeIndices(point);
    const step = dampedStep(point, free, damping);
    if (step === null) {
      damping = raise(damping);
      if (damping > MOST_DAMPING) return end('not-converged');
      continue;
    }
    const gain = free.reduce((sum, i) => sum + point.gradient[i]! * step[i]!, 0) / 2;
    const last = gain <= ENOUGH && damping < 1e-3;
    const next = at(target, moved(point.theta, step, highest), highest);
    // rounding of a sum of that size must not stop the last steps
    const slack = 1e-12 * Math.abs(point.value) + ENOUGH;
    if (isFinitePoint(next) && next.value >= point.value - slack) {
      point = next;
      damping = damping < 1e-6 ? 0 : damping / 10;
      if (last || onRidge(passed, point.value)) return end('converged');
    } else {
      if (last) return end('converged');
      damping = raise(damping);
      if (damping > MOST_DAMPING) return end(gain < 1e-5 ? 'converged' : 'not-converged');
    }
  }
  return end('not-converged');
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

/** The parameters not held on an edge of the box. */
export function freeIndices({ theta, gradient, highest }: Omit<Point, 'value' | 'hessian'>): number[] {
  return [...theta.keys()].filter(
    (i) => !(theta[i]! <= LOWEST && gradient[i]! <= 0) && !(theta[i]! >= highest[i]! && gradient[i]! >= 0),
  );
}

/** The step by `(-H + damping diag|H|) step = gradient` over the free parameters; `null` when that is not positive definite. */
function dampedStep({ theta, gradient, hessian }: Point, free: readonly number[], damping: number) {
  const p = theta.length;
  const m = free.length;
  const a = new Float64Array(m * m);
  const b = new Float64Array(m);
  for (const [row, i] of free.entries()) {
    b[row] = gradient[i]!;
    for (const [column, j] of free.entries()) a[row * m + column] = -hessian[i * p + j]!;
    a[row * m + row] = a[row * m + row]! + damping * Math.max(Math.abs(hessian[i * p + i]!), Math.abs(gradient[i]!));
  }
  if (!choleskyInPlace(a, m)) return null;
  solveCholesky(a, m, b);
  const longest = b.reduce((most, it) => Math.max(most, Math.abs(it)), 0);
  const shrink = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
  const step = new Float64Array(p);
  for (const [row, i] of free.entries()) step[i] = b[row]! * shrink;
  return step;
}

function moved(theta: Float64Array, step: Float64Array, highest: readonly number[]): Float64Array {
  return theta.map((it, i) => clamp(it + step[i]!, highest[i]!));
}

function clamp(value: number, highest: number): number {
  return Math.min(highest, Math.max(LOWEST, value));
}

function raise(damping: number): number {
  return damping === 0 ? 1e-3 : damping * 10;
}
