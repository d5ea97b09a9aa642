/**
 * A log-likelihood to climb: returns its value at `theta`, the natural logarithms of the parameters, and writes the
 * gradient and the Hessian (row by row, symmetric) with respect to `theta`. Not finite outside its domain.
 */
export type Target = (theta: Float64Array, gradient: Float64Array, hessian: Float64Array) => number;

/** A log-likelihood that knows its gradient only. */
export type GradientTarget = (theta: Float64Array, gradient: Float64Array) => number;

/** Step of the central difference in log-parameters: the error of a second derivative is then about 1e-8 of it. */
const STEP = 1e-4;

/**
 * Gives a target its Hessian by central differences of the analytic gradient: two more evaluations for each parameter.
 */
export function withDifferencedHessian(f: GradientTarget): Target {
  return (theta, gradient, hessian) => {
    const p = theta.length;
    const value = f(theta, gradient);
    const beside = Float64Array.from(theta);
    const up = new Float64Array(p);
    const down = new Float64Array(p);
    for (let j = 0; j < p; j++) {
      beside[j] = theta[j]! + STEP;
      f(beside, up);
      beside[j] = theta[j]! - STEP;
      f(beside, down);
      beside[j] = theta[j]!;
      for (let i = 0; i < p; i++) hessian[i * p + j] = (up[i]! - down[i]!) / (2 * STEP);
    }
    symmetrise(hessian, p);
    return value;
  };
}

/** Turns a gradient and Hessian by the parameters, in place, into those by their logarithms. */
export function byLogarithms(parameters: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
  const p = parameters.length;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) hessian[i * p + j] = hessian[i * p + j]! * parameters[i]! * parameters[j]!;
    gradient[i] = gradient[i]! * parameters[i]!;
    hessian[i * p + i] = hessian[i * p + i]! + gradient[i]!;
  }
}

function symmetrise(matrix: Float64Array, p: number): void {
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (matrix[i * p + j]! + matrix[j * p + i]!) / 2;
      matrix[i * p + j] = mean;
      matrix[j * p + i] = mean;
    }
  }
}
