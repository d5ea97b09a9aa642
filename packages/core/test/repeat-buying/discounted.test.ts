import { describe, expect, it } from 'vitest';
import { discountedOrders, expectedOrders, residualOrders } from '../../src/retention/repeat-buying/predict.ts';
import { span } from '../../src/retention/repeat-buying/time-base.ts';
import { bgBb, bgNbd, paretoNbd } from './given-models.ts';

const history = { base: 'weeks', frequency: 4, recency: 28, age: 36 } as const;

describe('orders of a stated horizon, discounted', () => {
  it('Pareto/NBD: a horizon without end is worth its residual orders (two ways to one integral)', () => {
    const model = paretoNbd([0.553, 10.578, 0.606, 11.669]);
    for (const perPeriod of [0.0027, 0.05, 1]) {
      const discount = { base: 'weeks', perPeriod } as const;
      const endless = discountedOrders(model, history, span('weeks', 1e9), discount);
      expect(endless / residualOrders(model, history, discount)).toBeCloseTo(1, 8);
    }
  });

  it('BG/BB: a long horizon is worth its residual orders, one occasion at 10 % is worth its orders / 1.1', () => {
    const model = bgBb([1.204, 0.75, 0.657, 2.783]);
    const past = { base: 'years', frequency: 3, recency: 5, occasions: 6 } as const;
    const discount = { base: 'years', perPeriod: 0.1 } as const;
    expect(discountedOrders(model, past, span('years', 400), discount)).toBeCloseTo(
      residualOrders(model, past, discount),
      10,
    );
    expect(discountedOrders(model, past, span('years', 1), discount)).toBeCloseTo(
      expectedOrders(model, past, span('years', 1)) / 1.1,
      12,
    );
  });

  it('BG/NBD: equals a sum over ten thousand short steps, and all but its orders where the discount is all but nothing', () => {
    const model = bgNbd([0.243, 4.414, 0.793, 2.426]);
    const discount = { base: 'weeks', perPeriod: 0.02 } as const;
    let sum = 0;
    let before = 0;
    for (let k = 1; k <= 10_000; k++) {
      const now = expectedOrders(model, history, span('weeks', k * 0.0052));
      sum += (now - before) * 1.02 ** (-(k - 0.5) * 0.0052);
      before = now;
    }
    expect(discountedOrders(model, history, span('weeks', 52), discount)).toBeCloseTo(sum, 8);
    const slight = { base: 'weeks', perPeriod: 1e-5 } as const;
    expect(discountedOrders(model, history, span('weeks', 13), slight)).toBeCloseTo(
      expectedOrders(model, history, span('weeks', 13)),
      3,
    );
    expect(discountedOrders(model, history, span('weeks', 0), discount)).toBe(0);
  });
});
