import { describe, expect, it } from 'vitest';
import { climb } from './climb.ts';
import { estimatesOf } from './estimates.ts';
import { byLogarithms, type Target, withDifferencedHessian } from './target.ts';

/**
 * log-likelihood of n waiting times of a given sum and a Poisson count, by log rate and log mean: maxima in closed
 * form.
 */
const exponential = (n: number, sum: number): Target =>
  withDifferencedHessian((theta, gradient) => {
    const rate = Math.exp(theta[0]!);
    gradient[0] = n - rate * sum;
    return n * theta[0]! - rate * sum;
  });

describe('climbing a log-likelihood', () => {
  it('exponential waiting times: rate n / sum, error rate / sqrt(n) (closed form)', () => {
    const summit = climb(exponential(40, 10), Float64Array.of(-3), [16]);
    const { parameters, standardErrors, limits } = estimatesOf(['rate'], summit);
    expect(summit.outcome).toBe('converged');
    expect(parameters.rate).toBeCloseTo(4, 9);
    expect(standardErrors.rate).toBeCloseTo(4 / Math.sqrt(40), 6);
    expect(limits).toEqual([]);
  });

  it('a value that rises for ever ends on the edge of the box, as a limit without error (by construction)', () => {
    const rising = withDifferencedHessian((theta, gradient) => {
      gradient[0] = Math.exp(-theta[0]!);
      return -Math.exp(-theta[0]!);
    });
    const summit = climb(rising, Float64Array.of(0), [10]);
    expect(summit.outcome).toBe('converged');
    expect(estimatesOf(['shape'], summit)).toMatchObject({
      standardErrors: { shape: null },
      limits: [{ parameter: 'shape', at: 'infinity' }],
    });
  });

  it('two parameters that only count together climb their ridge together, and both are vague (by construction)', () => {
    const ridge = withDifferencedHessian((theta, gradient) => {
      const apart = theta[0]! - theta[1]!;
      gradient[0] = -2 * (apart - 1) + Math.exp(-theta[0]!);
      gradient[1] = 2 * (apart - 1);
      return -((apart - 1) ** 2) - Math.exp(-theta[0]!);
    });
    const summit = climb(ridge, Float64Array.of(0, 0), [10, 16]);
    expect(summit.outcome).toBe('converged');
    expect(summit.theta[0]! - summit.theta[1]!).toBeCloseTo(1, 3);
    const { limits, standardErrors } = estimatesOf(['a', 'b'], summit);
    expect(limits[0]).toEqual({ parameter: 'a', at: 'infinity' });
    expect(standardErrors).toEqual({ a: null, b: null });
  });

  it('a start outside the domain, and a value that is never reached, are told apart from a maximum', () => {
    expect(climb(() => Number.NaN, Float64Array.of(0), [10]).outcome).toBe('not-finite');
    const jagged: Target = (theta, gradient, hessian) => {
      gradient[0] = 1;
      hessian[0] = -1;
      return theta[0] === 0 ? 0 : -1;
    };
    expect(climb(jagged, Float64Array.of(0), [10]).outcome).toBe('not-converged');
  });

  it('derivatives by logarithms: f = p q^2 has log-gradient (f, 2f) and log-Hessian f (1, 2; 2, 4) (closed form)', () => {
    const [p, q] = [3, 0.5];
    const gradient = Float64Array.of(q * q, 2 * p * q);
    const hessian = Float64Array.of(0, 2 * q, 2 * q, 2 * p);
    byLogarithms(Float64Array.of(p, q), gradient, hessian);
    const f = p * q * q;
    expect([...gradient]).toEqual([f, 2 * f]);
    expect([...hessian]).toEqual([f, 2 * f, 2 * f, 4 * f]);
  });
});
