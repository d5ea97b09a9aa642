import { describe, expect, it } from 'vitest';
import { fitGammaGamma } from './fit.ts';
import { expectedOrderValue } from './predict.ts';

const parameters = { p: 6.25, q: 3.74, gamma: 15.44 };

describe('the expected value of the next order (Fader and Hardie, note 025)', () => {
  it('is a weighted mean of the book and the account: weight px / (px + q - 1) on the account', () => {
    const book = (parameters.p * parameters.gamma) / (parameters.q - 1);
    const weight = (6.25 * 4) / (6.25 * 4 + 2.74);
    expect(expectedOrderValue({ parameters }, 4, 80)).toBeCloseTo(weight * 80 + (1 - weight) * book, 10);
    expect(expectedOrderValue({ parameters }, 0, Number.NaN)).toBeCloseTo(book, 10);
  });

  it('has no mean without orders when q <= 1; impossible spend is refused', () => {
    expect(expectedOrderValue({ parameters: { p: 2, q: 0.9, gamma: 5 } }, 0, 0)).toBeNull();
    expect(() => expectedOrderValue({ parameters }, 2, 0)).toThrow(RangeError);
    expect(() => expectedOrderValue({ parameters }, Number.NaN, 3)).toThrow(RangeError);
  });

  it('cents or euros: gamma and the expected value scale, p and q stay (scaling)', () => {
    const frequency = Float64Array.of(1, 2, 3, 1, 5, 2, 8, 1, 2, 4);
    const euros = Float64Array.of(20, 35, 28, 60, 22, 41, 30, 12, 18, 33);
    const one = fitGammaGamma({ currency: 'EUR', frequency, meanValue: euros });
    const other = fitGammaGamma({ currency: 'EUR', frequency, meanValue: euros.map((it) => it * 100) });
    if (!one.fitted || !other.fitted) throw new Error('not fitted');
    expect(other.parameters.gamma / one.parameters.gamma).toBeCloseTo(100, 6);
    expect(other.parameters.p).toBeCloseTo(one.parameters.p, 8);
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood - 10 * Math.log(100), 8);
  });

  it('order values that go with the number of orders are noted', () => {
    const frequency = Float64Array.from({ length: 30 }, (_, i) => 1 + i);
    const meanValue = frequency.map((x, i) => 10 * x + (i % 3));
    const model = fitGammaGamma({ currency: 'EUR', frequency, meanValue });
    expect(model.fitted && model.correlation).toBeGreaterThan(0.9);
    expect(model.fitted && model.note).toMatch(/correlation 1\.00|boundary/);
  });
});
