import { describe, expect, it } from 'vitest';
import { logNormalCdf } from './log-normal-cdf.ts';

describe('logNormalCdf', () => {
  it.each([
    [-40, -804.6084420137539],
    [-26, -342.17850892992794],
    [-24, -292.09872100320786],
    [-3, -6.60772622151035],
    [1, -0.17275377902344985],
  ])('%d: scipy 1.10 log_ndtr', (t, expected) => {
    expect(logNormalCdf(t).value / expected).toBeCloseTo(1, 8);
    const step = 1e-5;
    const slope = (logNormalCdf(t + step).value - logNormalCdf(t - step).value) / (2 * step);
    expect(logNormalCdf(t).slope / slope).toBeCloseTo(1, 5);
  });
});
