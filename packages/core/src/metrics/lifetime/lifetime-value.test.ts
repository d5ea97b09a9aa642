import { describe, expect, it } from 'vitest';
import {
  type LifetimeValue,
  lifetimeValue,
  lifetimeValueByConstantChurn,
  type NoLifetimeValue,
  residualLifetimeValue,
} from './lifetime-value.ts';

const input = { perPeriod: 100, basis: 'margin' as const, currency: 'EUR', discountRate: 0.25 };
const figure = (it: LifetimeValue | NoLifetimeValue) => it.value;

describe('lifetime value', () => {
  it('is the discounted sum over the curve: 100 + 100 x .5 / 1.25 + 100 x .25 / 1.5625 = 156, by hand', () => {
    expect(lifetimeValue({ ...input, survival: [1, 0.5, 0.25] })).toEqual({
      value: 156,
      basis: 'margin',
      currency: 'EUR',
      discountRate: 0.25,
      periods: 3,
      stillThere: 0.25,
      assumption: null,
    });
  });

  it('of what is left: the next renewal undiscounted, .8 / .5 ... at t = 1: (.4 + .2 / 1.25) / .5 = 1.12, by hand', () => {
    const residual = residualLifetimeValue({ ...input, survival: [1, 0.5, 0.4, 0.2] }, 1);
    expect(residual).toMatchObject({ value: expect.closeTo(112, 9), periods: 2, stillThere: 0.4 });
  });

  it('DERL of the High End cohort is 7.530 at d = .10, t = 7 (shifted_beta_geometric_py; alpha .668, beta 3.806)', () => {
    // sBG: r(t) = (beta + t - 1) / (alpha + beta + t - 1), S(t) the product.
    const survival = [1];
    for (let t = 1; t < 400; t++) survival.push((survival[t - 1] ?? 0) * ((3.806 + t - 1) / (0.668 + 3.806 + t - 1)));
    const residual = residualLifetimeValue({ ...input, perPeriod: 1, discountRate: 0.1, survival }, 7);
    expect(figure(residual)).toBeCloseTo(7.53, 3);
  });

  it('the shortcut by constant churn is marked: 100 / .2 = 500, by hand', () => {
    expect(lifetimeValueByConstantChurn(input, 0.2)).toMatchObject({ value: 500, periods: null });
    expect(lifetimeValueByConstantChurn(input, 0.2)).toHaveProperty('assumption', expect.stringContaining('constant'));
    expect(lifetimeValueByConstantChurn(input, 0)).toMatchObject({ value: null });
  });

  it('curves that are none give null with a reason', () => {
    for (const survival of [[], [1, 0.5, 0.6], [1.2], [1, Number.NaN], [1, -0.1]]) {
      expect(lifetimeValue({ ...input, survival }).value).toBeNull();
    }
    expect(lifetimeValue({ ...input, discountRate: -0.1, survival: [1] }).value).toBeNull();
    expect(residualLifetimeValue({ ...input, survival: [1, 0, 0] }, 1).value).toBeNull();
    expect(residualLifetimeValue({ ...input, survival: [1, 0.5] }, 1).value).toBeNull();
  });
});
