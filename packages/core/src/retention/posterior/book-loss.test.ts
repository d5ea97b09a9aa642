import { describe, expect, it } from 'vitest';
import { bookLoss } from './book-loss.ts';
import type { FittedRetention } from './fitted-retention.ts';

/** A posterior without drivers: every account at the same log-odds. */
const flat = (chance: number, variance = 0, periodVariance: number | null = null): FittedRetention => ({
  model: 'contract',
  version: 'v',
  cardVersion: 'v',
  fittedOn: '2026-01-01',
  evidence: 'fitted',
  outcomes: { decisions: 0, losses: 0 },
  intercept: Math.log(chance / (1 - chance)),
  drivers: [],
  covariance: [variance],
  treatment: 0,
  periodVariance,
  mixture: [],
});

const accounts = (count: number, value = 1, period?: Int32Array) => ({
  count,
  swings: new Float64Array(0),
  value: new Float64Array(count).fill(value),
  ...(period ? { period } : {}),
});

describe('bookLoss', () => {
  it('nothing but chance: the binomial of 100 at .1, of which 90.2 % lie from 6 to 15 (scipy 1.10)', () => {
    const { losses, value } = bookLoss(flat(0.1), accounts(100, 1000));
    expect(losses.expected).toBeCloseTo(10, 9);
    expect([losses.low, losses.high]).toEqual([6, 15]);
    expect(value.expected).toBeCloseTo(10_000, 6);
    expect(value.low / 1000).toBeGreaterThan(5);
    expect(value.low / 1000).toBeLessThan(6);
    expect(value.high / 1000).toBeGreaterThan(15);
    expect(value.high / 1000).toBeLessThan(16);
  });

  it.each([
    ['weights', flat(0.5, 0.01)],
    ['months', flat(0.5, 0, 0.01)],
  ])('uncertain %s widen it: sd^2 = n p q + v (n p q)^2 (hand calculation)', (_, fitted) => {
    const { low, high } = bookLoss(fitted, accounts(1000)).value;
    expect((high - low) / 2 / 1.6449 / Math.sqrt(250 + 0.01 * 250 ** 2)).toBeCloseTo(1, 2);
  });

  it('shocks of four months partly cancel: sd^2 = n p q + v (n p q)^2 / 4 (hand calculation)', () => {
    const months = Int32Array.from({ length: 1000 }, (_, i) => i % 4);
    const { low, high } = bookLoss(flat(0.5, 0, 0.01), accounts(1000, 1, months)).value;
    expect((high - low) / 2 / 1.6449 / Math.sqrt(250 + (0.01 * 250 ** 2) / 4)).toBeCloseTo(1, 2);
  });

  it('accounts are lost whole: the interval of a small book never leaves out the numbers about the expected one', () => {
    expect(bookLoss(flat(0.1), accounts(3)).losses).toMatchObject({ low: 0, high: 1 });
    expect(bookLoss(flat(0.99), accounts(3)).losses).toMatchObject({ low: 2, high: 3 });
  });

  it('an empty book, and values that are not known, lose nothing', () => {
    expect(bookLoss(flat(0.1), accounts(0)).losses).toEqual({ expected: 0, low: 0, high: 0 });
    expect(bookLoss(flat(0.1, 1, 0.1), accounts(5, Number.NaN)).value.expected).toBe(0);
  });
});
