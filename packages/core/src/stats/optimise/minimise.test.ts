import { describe, expect, it } from 'vitest';
import { minimise, type Objective } from './minimise.ts';

const rosenbrock: Objective = (x, gradient) => {
  let value = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const bend = x[i + 1]! - x[i]! ** 2;
    value += 100 * bend ** 2 + (1 - x[i]!) ** 2;
    gradient[i] = gradient[i]! - 400 * bend * x[i]! - 2 * (1 - x[i]!);
    gradient[i + 1] = gradient[i + 1]! + 200 * bend;
  }
  return value;
};

/** Wood's function (Moré, Garbow and Hillstrom 1981, problem 14): minimum 0 at (1, 1, 1, 1). */
const wood: Objective = ([a, b, c, d], gradient) => {
  const [u, v] = [b! - a! ** 2, d! - c! ** 2];
  gradient.set([
    -400 * a! * u - 2 * (1 - a!),
    200 * u + 20 * (b! + d! - 2) + (b! - d!) / 5,
    -360 * c! * v - 2 * (1 - c!),
    180 * v + 20 * (b! + d! - 2) - (b! - d!) / 5,
  ]);
  return 100 * u ** 2 + (1 - a!) ** 2 + 90 * v ** 2 + (1 - c!) ** 2 + 10 * (b! + d! - 2) ** 2 + (b! - d!) ** 2 / 10;
};

describe('minimise', () => {
  it.each([
    ['Rosenbrock from (-1.2, 1)', rosenbrock, [-1.2, 1]],
    ['Rosenbrock in ten dimensions', rosenbrock, [-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1]],
    ['Wood from (-3, -1, -3, -1)', wood, [-3, -1, -3, -1]],
  ])('%s ends at ones (Moré, Garbow and Hillstrom 1981)', (_, f, start) => {
    const result = minimise(f, new Float64Array(start));
    expect(result.converged).toBe(true);
    for (const value of result.x) expect(value).toBeCloseTo(1, 7);
    expect(result.value).toBeLessThan(1e-15);
    expect(result.evaluations).toBeLessThan(120);
  });

  it('a function with a domain: x - log x from 1e6 and from 1e-6 ends at 1 (hand calculation)', () => {
    const f: Objective = (x, gradient) => {
      gradient[0] = 1 - 1 / x[0]!;
      return x[0]! > 0 ? x[0]! - Math.log(x[0]!) : Number.NaN;
    };
    for (const start of [1e6, 1e-6]) {
      const result = minimise(f, new Float64Array([start]));
      expect(result.converged).toBe(true);
      expect(result.x[0]).toBeCloseTo(1, 7);
    }
  });

  it('the exact inverse Hessian as preconditioner: a quadratic in one step (hand calculation)', () => {
    const f: Objective = (x, gradient) => {
      x.forEach((value, j) => {
        gradient[j] = 10 ** (2 * j) * (value - j);
      });
      return x.reduce((sum, value, j) => sum + (10 ** (2 * j) * (value - j) ** 2) / 2, 0);
    };
    const precondition = (gradient: Float64Array) => {
      gradient.forEach((value, j) => {
        gradient[j] = value / 10 ** (2 * j);
      });
    };
    const result = minimise(f, new Float64Array(4), { precondition });
    expect(result).toMatchObject({ converged: true, iterations: 1, evaluations: 2 });
    expect([...result.x]).toEqual([0, 1, 2, 3]);
  });

  it('work is bounded: a function without a minimum is told as not converged', () => {
    const linear: Objective = (x, gradient) => {
      gradient[0] = 1;
      return x[0]!;
    };
    const result = minimise(linear, new Float64Array(1), { maxIterations: 5 });
    expect(result.converged).toBe(false);
    expect(result.evaluations).toBeLessThan(200);
  });

  it('a wrong gradient, a start outside the domain and an endless gradient end without convergence', () => {
    const wrong: Objective = (x, gradient) => {
      gradient[0] = -2 * x[0]!;
      return x[0]! ** 2;
    };
    expect(minimise(wrong, new Float64Array([1])).converged).toBe(false);
    const nowhere: Objective = () => Number.NaN;
    expect(minimise(nowhere, new Float64Array([1]))).toMatchObject({ converged: false, value: Infinity });
    const steep: Objective = (_, gradient) => {
      gradient.set([1, Number.NaN, 1]);
      return 1;
    };
    expect(minimise(steep, new Float64Array(3))).toMatchObject({ converged: false, gradientNorm: Infinity });
  });

  it('nothing to fit is converged at once', () => {
    expect(minimise(() => 7, new Float64Array(0))).toMatchObject({ converged: true, value: 7, iterations: 0 });
  });

  it('an abort ends it at the next iteration; progress climbs within 0 and 1', () => {
    const shares: number[] = [];
    const signal = { aborted: false };
    const onProgress = (share: number) => {
      shares.push(share);
      signal.aborted = shares.length === 6;
    };
    const start = new Float64Array([-1.2, 1]);
    const result = minimise(rosenbrock, start, { control: { onProgress, signal } });
    expect(result).toMatchObject({ cancelled: true, converged: false, iterations: 6 });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    expect([...start]).toEqual([-1.2, 1]);
  });
});
