import type { GradientTarget, Target } from './target.ts';

/**
 * The start with the largest finite value; the first one when none is finite. Starts are the parameters themselves. Only
 * values are asked for: a target without Hessian will do.
 */
export function bestStart(target: Target | GradientTarget, starts: readonly (readonly number[])[]): Float64Array {
  let best = Float64Array.from(starts[0] ?? [], Math.log);
  let most = Number.NEGATIVE_INFINITY;
  for (const start of starts) {
    const theta = Float64Array.from(start, Math.log);
    const value = target(theta, new Float64Array(theta.length), new Float64Array(theta.length ** 2));
    if (value > most && Number.isFinite(value)) {
      most = value;
      best = theta;
    }
  }
  return best;
}
