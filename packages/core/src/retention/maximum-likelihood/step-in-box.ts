import { choleskyInPlace, solveCholesky } from '../../stats/linear/index.ts';

/** A point on the way, with the value there, its derivatives, and the upper edges of the box. */
export interface Point {
  readonly theta: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  readonly highest: readonly number[];
}

/** The lower edge of the box: logarithms of parameters stay above this. */
export const LOWEST = -20;
const LONGEST_STEP = 2;
/**
 * A parameter whose slope and curvature are both below these cannot change the log-likelihood by what matters, and is
 * left alone.
 */
const IDLE_SLOPE = 1e-5;
const IDLE_CURVATURE = 1e-2;

/** The parameters to move: neither held on an edge of the box by a gradient that points outwards nor idle. */
export function freeIndices({ theta, gradient, hessian, highest }: Omit<Point, 'value'>): number[] {
  return [...theta.keys()].filter((i) => {
    const slope = gradient[i]!;
    if (Math.abs(slope) < IDLE_SLOPE && Math.abs(hessian[i * (theta.length + 1)]!) < IDLE_CURVATURE) return false;
    return !(theta[i]! <= LOWEST && slope <= 0) && !(theta[i]! >= highest[i]! && slope >= 0);
  });
}

/**
 * The next point by `(-H + damping diag|H|) step = gradient` over the free parameters, and the gain that the quadratic
 * promises; `null` when that matrix is not positive definite. A step that would leave the box ends on its edge, in the
 * same direction: parameters move together along a ridge.
 */
export function stepInBox(
  point: Point,
  damping: number,
): { readonly theta: Float64Array; readonly gain: number } | null {
  const { theta, gradient, highest } = point;
  let free = freeIndices(point);
  for (;;) {
    const step = dampedStep(point, free, damping);
    if (step === null) return null;
    const inside = free.filter(
      (i) => !(theta[i]! <= LOWEST && step[i]! < 0) && !(theta[i]! >= highest[i]! && step[i]! > 0),
    );
    if (inside.length === free.length) {
      const gain = free.reduce((sum, i) => sum + gradient[i]! * step[i]!, 0) / 2;
      return { theta: moved(theta, step, highest), gain };
    }
    free = inside;
  }
}

function dampedStep({ theta, gradient, hessian }: Point, free: readonly number[], damping: number) {
  const p = theta.length;
  const m = free.length;
  const a = new Float64Array(m * m);
  const b = new Float64Array(m);
  for (const [row, i] of free.entries()) {
    b[row] = gradient[i]!;
    for (const [column, j] of free.entries()) a[row * m + column] = -hessian[i * p + j]!;
    a[row * m + row]! += damping * Math.max(Math.abs(hessian[i * p + i]!), Math.abs(gradient[i]!));
  }
  if (!choleskyInPlace(a, m)) return null;
  solveCholesky(a, m, b);
  const step = new Float64Array(p);
  for (const [row, i] of free.entries()) step[i] = b[row]!;
  return step;
}

function moved(theta: Float64Array, step: Float64Array, highest: readonly number[]): Float64Array {
  let share = 1;
  step.forEach((it, i) => {
    if (it === 0) return;
    const room = it > 0 ? highest[i]! - theta[i]! : LOWEST - theta[i]!;
    share = Math.min(share, LONGEST_STEP / Math.abs(it), room / it);
  });
  return theta.map((it, i) => Math.min(highest[i]!, Math.max(LOWEST, it + share * step[i]!)));
}
