/** The unit in which ages, recencies, spans and rates of one model are told. */
export type TimeBase = 'days' | 'weeks' | 'months' | 'quarters' | 'years';

/** A length of time in a stated base: `{ base: 'weeks', length: 39 }`. Only a model of the same base accepts it. */
export interface Span<B extends TimeBase> {
  readonly base: B;
  readonly length: number;
}

/** A discount rate for one period of a stated base: .1 makes a value one period away worth 1 / 1.1. Above 0. */
export interface Discount<B extends TimeBase> {
  readonly base: B;
  readonly perPeriod: number;
}

/** Mean days in a period of the Gregorian calendar: a year has 365.2425. */
export const DAYS_IN: Readonly<Record<TimeBase, number>> = {
  days: 1,
  weeks: 7,
  months: 365.2425 / 12,
  quarters: 365.2425 / 4,
  years: 365.2425,
};

/** A length of time, e.g. `span('weeks', 39)`. */
export function span<B extends TimeBase>(base: B, length: number): Span<B> {
  return { base, length };
}

/** A yearly discount rate turned into one for each period, compounding: (1 + yearly)^(period / year) - 1. */
export function yearlyDiscount<B extends TimeBase>(base: B, yearly: number): Discount<B> {
  return { base, perPeriod: Math.expm1((Math.log1p(yearly) * DAYS_IN[base]) / DAYS_IN.years) };
}

/**
 * The length of a span, refused as a `RangeError` when its base is not the model's or it is not a finite number of at
 * least 0.
 */
export function lengthIn(base: TimeBase, given: Span<TimeBase>): number {
  sameBase(base, given.base);
  if (!(given.length >= 0 && Number.isFinite(given.length)))
    throw new RangeError(`A span of ${given.length} ${given.base}: give a finite length of at least 0.`);
  return given.length;
}

/** The smallest rate whose sums stay short. */
const LEAST_RATE = 1e-5;

/** The rate of a discount, refused as a `RangeError` when its base is not the model's or it is below 1e-5. */
export function rateIn(base: TimeBase, given: Discount<TimeBase>): number {
  sameBase(base, given.base);
  if (!(given.perPeriod >= LEAST_RATE && Number.isFinite(given.perPeriod)))
    throw new RangeError(`A discount rate of ${given.perPeriod}: give at least ${LEAST_RATE} for each period.`);
  return given.perPeriod;
}

function sameBase(model: TimeBase, given: TimeBase): void {
  if (model !== given)
    throw new RangeError(`The model was fitted in ${model}, this is told in ${given}: convert it, or fit in ${given}.`);
}
