/** The last steps and what the gradient did along them: an approximate inverse Hessian (L-BFGS). */
export interface CurvatureHistory {
  /** The direction to go: minus the approximate inverse Hessian times the gradient. */
  descend(gradient: Float64Array): Float64Array;
  /** The step along that direction to try first. */
  firstStep(gradient: Float64Array): number;
  /** Takes in one step; ignored when the curvature along it is not positive. */
  learn(x: Float64Array, gradient: Float64Array, nextX: Float64Array, nextGradient: Float64Array): void;
  /** Drops every step; false when there was none. */
  forget(): boolean;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly rho: number;
}

/** An empty history of at most `memory` steps in `n` dimensions. Source: Nocedal and Wright, algorithm 7.4. */
export function curvatureHistory(
  n: number,
  memory: number,
  precondition?: (gradient: Float64Array) => void,
): CurvatureHistory {
  let pairs: Pair[] = [];
  const alpha = new Float64Array(memory);

  return {
    descend(gradient) {
      const q = Float64Array.from(gradient);
      for (let i = pairs.length - 1; i >= 0; i--) {
        const pair = pairs[i]!;
        alpha[i] = pair.rho * dot(pair.step, q);
        addTo(q, -alpha[i]!, pair.change);
      }
      scaleFirst(q, pairs, precondition);
      pairs.forEach((pair, i) => {
        addTo(q, alpha[i]! - pair.rho * dot(pair.change, q), pair.step);
      });
      for (let j = 0; j < n; j++) q[j] = -q[j]!;
      return q;
    },
    firstStep(gradient) {
      return pairs.length > 0 || precondition ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    },
    learn(x, gradient, nextX, nextGradient) {
      const step = nextX.map((value, j) => value - x[j]!);
      const change = nextGradient.map((value, j) => value - gradient[j]!);
      const curvature = dot(step, change);
      if (!(curvature > 2.2e-16 * dot(change, change)) || memory === 0) return;
      if (pairs.length === memory) pairs.shift();
      pairs.push({ step, change, rho: 1 / curvature });
    },
    forget() {
      const some = pairs.length > 0;
      pairs = [];
      return some;
    },
  };
}

function scaleFirst(q: Float64Array, pairs: readonly Pair[], precondition?: (gradient: Float64Array) => void): void {
  const last = pairs.at(-1);
  precondition?.(q);
  if (precondition || !last) return;
  const gamma = 1 / (last.rho * dot(last.change, last.change));
  for (let j = 0; j < q.length; j++) q[j] = q[j]! * gamma;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function addTo(target: Float64Array, factor: number, values: Float64Array): void {
  for (let j = 0; j < target.length; j++) target[j] = target[j]! + factor * values[j]!;
}
