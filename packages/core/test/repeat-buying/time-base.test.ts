import { describe, expect, it } from 'vitest';
import {
  expectedOrders,
  probabilityActive,
  probabilityOfOrders,
  residualOrders,
} from '../../src/retention/repeat-buying/predict.ts';
import { predictBook } from '../../src/retention/repeat-buying/predict-book.ts';
import { lengthIn, span, yearlyDiscount } from '../../src/retention/repeat-buying/time-base.ts';
import { bgBb, bgNbd, paretoNbd } from './given-models.ts';

const weekly = bgNbd([0.243, 4.414, 0.793, 2.426]);
const inWeeks = { base: 'weeks', frequency: 2, recency: 30, age: 38 } as const;
const inDays = { base: 'days', frequency: 2, recency: 210, age: 266 } as const;

describe('the time base is in the type', () => {
  it('a span in days for a model in weeks does not compile, and is refused at run time', () => {
    // @ts-expect-error days are not weeks
    expect(() => expectedOrders(weekly, inWeeks, span('days', 90))).toThrow(/fitted in weeks, this is told in days/);
  });

  it('a history or a summary in days for a model in weeks does not compile, and is refused at run time', () => {
    // @ts-expect-error days are not weeks
    expect(() => probabilityActive(weekly, inDays)).toThrow(RangeError);
    const column = Float64Array.of(1);
    const summary = { base: 'days', frequency: column, recency: column, age: column } as const;
    // @ts-expect-error days are not weeks
    expect(() => predictBook(weekly, summary, span('weeks', 13))).toThrow(RangeError);
  });

  it('a discount in years for a model in weeks does not compile, and is refused at run time', () => {
    const model = paretoNbd([0.55, 10.58, 0.61, 11.67]);
    // @ts-expect-error years are not weeks
    expect(() => residualOrders(model, inWeeks, { base: 'years', perPeriod: 0.1 })).toThrow(RangeError);
  });

  it('BG/NBD has no residual orders: it does not compile', () => {
    const discount = { base: 'weeks', perPeriod: 0.01 } as const;
    // @ts-expect-error only Pareto/NBD and BG/BB converge to a closed sum
    expect(typeof (() => residualOrders(weekly, inWeeks, discount))).toBe('function');
  });

  it('impossible input is a RangeError that names it, never NaN', () => {
    expect(() => lengthIn('weeks', span('weeks', Number.NaN))).toThrow(RangeError);
    expect(() => lengthIn('weeks', span('weeks', -1))).toThrow(RangeError);
    expect(() => probabilityActive(weekly, { ...inWeeks, recency: 39 })).toThrow(/recency 39 is beyond age 38/);
    expect(() => probabilityActive(weekly, { ...inWeeks, frequency: Number.NaN })).toThrow(/not finite/);
    expect(() => probabilityOfOrders(weekly, inWeeks, span('weeks', 4), 1.5)).toThrow(RangeError);
    expect(() => expectedOrders(bgBb([1, 1, 1, 2]), null, span('years', 1.5))).toThrow(/whole years/);
    const donor = { base: 'years', frequency: 5, recency: 3, occasions: 6 } as const;
    expect(() => probabilityActive(bgBb([1, 1, 1, 2]), donor)).toThrow(/more orders than occasions/);
    expect(() => expectedOrders(bgBb([1, 1, 1, 2]), null, span('years', 1e9))).toThrow(/up to 100000/);
    const model = paretoNbd([0.55, 10.58, 0.61, 11.67]);
    expect(() => residualOrders(model, null, { base: 'weeks', perPeriod: 0 })).toThrow(/at least 0.00001/);
  });

  it('10 % a year compounds to itself over the periods of a year (arithmetic)', () => {
    expect((1 + yearlyDiscount('months', 0.1).perPeriod) ** 12).toBeCloseTo(1.1, 12);
    expect((1 + yearlyDiscount('days', 0.1).perPeriod) ** 365.2425).toBeCloseTo(1.1, 10);
  });
});
