import type { Objective } from './minimise.ts';

/** Where a line search starts: a point, its value and gradient, the direction to go and the step to try first. */
export interface LineStart {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
  readonly first: number;
}

/** Where it ended; `step` 0: nowhere along the direction is the value smaller. */
export interface LineEnd {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly step: number;
  readonly evaluations: number;
}

interface Trial extends Omit<LineEnd, 'evaluations'> {
  readonly slope: number;
}

const SUFFICIENT = 1e-4;
const CURVATURE = 0.9;
const MAX_TRIALS = 30;
/** Near the minimum the value is flat to rounding and only its slope still tells: Hager and Zhang 2005, section 4. */
const ROUNDING = 1e-12;

/**
 * A step with sufficient decrease and a slope shrunk by a tenth (strong Wolfe), at most 30 evaluations. Points where the
 * function is not finite count as too far. Source: Nocedal and Wright, algorithms 3.5 and 3.6.
 */
export function searchLine(f: Objective, start: LineStart): LineEnd {
  const slope = along(start.gradient, start.direction);
  let low: Trial = { ...start, step: 0, slope };
  let high: Trial | undefined;
  let step = start.first;
  let evaluations = 0;
  if (!(slope < 0)) return { ...low, evaluations };

  while (evaluations < MAX_TRIALS) {
    const trial = evaluate(f, start, step);
    evaluations++;
    if (!Number.isFinite(trial.value) || !Number.isFinite(trial.slope) || !fallsEnough(trial, start.value, slope)) {
      high = trial;
    } else if (Math.abs(trial.slope) <= -CURVATURE * slope) {
      return { ...trial, evaluations };
    } else if (trial.slope < 0) {
      low = trial;
    } else {
      high = trial;
    }
    const next = high ? between(low, high) : low.step * 4;
    if (!Number.isFinite(next) || next === step || next === low.step) break;
    step = next;
  }
  return { ...low, evaluations };
}

function evaluate(f: Objective, start: LineStart, step: number): Trial {
  const x = start.x.map((value, j) => value + step * start.direction[j]!);
  const gradient = new Float64Array(x.length);
  const value = f(x, gradient);
  return { x, value, gradient, step, slope: along(gradient, start.direction) };
}

function fallsEnough(trial: Trial, value: number, slope: number): boolean {
  if (trial.value <= value + SUFFICIENT * trial.step * slope) return true;
  return trial.value <= value + ROUNDING * Math.abs(value) && trial.slope <= (2 * SUFFICIENT - 1) * slope;
}

/** The minimum of the cubic through both ends, kept a tenth of the way off them. */
function between(low: Trial, high: Trial): number {
  const width = high.step - low.step;
  if (!Number.isFinite(high.value) || !Number.isFinite(high.slope)) return low.step + width / 10;
  const d1 = low.slope + high.slope - (3 * (high.value - low.value)) / width;
  const root = Math.sqrt(Math.max(0, d1 * d1 - low.slope * high.slope));
  const share = 1 - (high.slope + root - d1) / (high.slope - low.slope + 2 * root);
  return low.step + width * (share >= 0.1 && share <= 0.9 ? share : share > 0.9 ? 0.9 : share < 0.1 ? 0.1 : 0.5);
}

function along(gradient: Float64Array, direction: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < gradient.length; j++) sum += gradient[j]! * direction[j]!;
  return sum;
}
