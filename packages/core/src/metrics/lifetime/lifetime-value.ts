/** Whether an amount is gross margin (for decisions) or revenue (for display). */
export type ValueBasis = 'margin' | 'revenue';

/** What a lifetime value is computed from. A period is whatever the curve's step is: a month or a term. */
export interface LifetimeInput {
  /** S(0), S(1), ...: the share still there at each period, from a survival model; never a churn rate. */
  readonly survival: readonly number[];
  /** What an account brings in one period, in minor units. */
  readonly perPeriod: number;
  readonly basis: ValueBasis;
  readonly currency: string;
  /** For one period, for example .008 a month; 0 for none. */
  readonly discountRate: number;
}

/** A value with everything that it depends on. */
export interface LifetimeValue {
  /** Minor units. */
  readonly value: number;
  readonly basis: ValueBasis;
  readonly currency: string;
  readonly discountRate: number;
  /** How many periods were counted: value beyond the curve is left out, never guessed. `null`: without an end. */
  readonly periods: number | null;
  /** Share still there where the curve ends: how much is left out. */
  readonly stillThere: number;
  /** Set when churn was taken as constant. */
  readonly assumption: string | null;
}

/** No value, and why. */
export interface NoLifetimeValue {
  readonly value: null;
  readonly reason: string;
}

/**
 * Lifetime value of a new account: the discrete sum of `perPeriod * S(t) / (1 + d)^t` over the curve, t from 0. A curve
 * that is empty, rises, or leaves 0 to 1 gives `null` with the reason.
 *
 * @example
 * lifetimeValue({ survival: [1, 0.5], perPeriod: 100, basis: 'margin', currency: 'EUR', discountRate: 0.25 });
 * // 100 + 100 * 0.5 / 1.25 = 140 over 2 periods, half of the accounts still there
 */
export function lifetimeValue(input: LifetimeInput): LifetimeValue | NoLifetimeValue {
  const { survival, perPeriod, discountRate } = input;
  const reason = whyNot(input);
  if (reason !== null) return { value: null, reason };
  const value = survival.reduce((sum, s, t) => sum + (perPeriod * s) / (1 + discountRate) ** t, 0);
  return stated(input, value, survival.length, survival.at(-1) ?? 0);
}

/**
 * Residual value of an account that has been there for `t` periods and is about to renew: `perPeriod` times
 * DERL(t) = sum over k >= 1 of S(t+k)/S(t) / (1+d)^(k-1), the next renewal undiscounted. `null` when the curve does not
 * reach past t, or nobody is left at t. Source: Fader & Hardie 2010 (Marketing Science 29), retention model rule 13.
 *
 * @example
 * const input = { survival: [1, 0.5, 0.4, 0.2], perPeriod: 100, basis: 'margin', currency: 'EUR', discountRate: 0.25 } as const;
 * residualLifetimeValue(input, 1).value; // (0.4 + 0.2 / 1.25) / 0.5 * 100 = 112
 */
export function residualLifetimeValue(input: LifetimeInput, t: number): LifetimeValue | NoLifetimeValue {
  const { survival, perPeriod, discountRate } = input;
  const reason = whyNot(input);
  if (reason !== null) return { value: null, reason };
  const now = survival[t];
  const ahead = survival.slice(t + 1);
  if (now === undefined || ahead.length === 0) return { value: null, reason: 'the curve ends before the next renewal' };
  if (now === 0) return { value: null, reason: 'nobody is left at that age' };
  const renewals = ahead.reduce((sum, s, k) => sum + s / now / (1 + discountRate) ** k, 0);
  return stated(input, perPeriod * renewals, ahead.length, (ahead.at(-1) ?? 0) / now);
}

/**
 * The shortcut `perPeriod / churn`, marked as what it is. Churn falls with tenure, so it understates: on published cohorts
 * it was a quarter to nine tenths too low. For orientation only, never for a decision. `null` for a churn that is not
 * above 0 and at most 1.
 *
 * @example
 * lifetimeValueByConstantChurn({ perPeriod: 100, basis: 'revenue', currency: 'EUR' }, 0.2).value; // 500, its assumption beside it
 */
export function lifetimeValueByConstantChurn(
  input: Omit<LifetimeInput, 'survival' | 'discountRate'>,
  churn: number,
): LifetimeValue | NoLifetimeValue {
  if (!(churn > 0 && churn <= 1)) return { value: null, reason: 'churn must be above 0 and at most 1' };
  const assumption = 'constant churn, no discount: understates where churn falls with tenure';
  const value = input.perPeriod / churn;
  const { basis, currency } = input;
  return {
    value,
    basis,
    currency,
    discountRate: 0,
    periods: null,
    stillThere: 0,
    assumption,
  };
}

function stated(input: LifetimeInput, value: number, periods: number, stillThere: number): LifetimeValue {
  const { basis, currency, discountRate } = input;
  return { value, basis, currency, discountRate, periods, stillThere, assumption: null };
}

function whyNot({ survival, discountRate }: LifetimeInput): string | null {
  if (survival.length === 0) return 'no survival curve';
  if (!(discountRate >= 0)) return 'the discount rate must be 0 or more';
  const falls = survival.every((s, t) => s >= 0 && s <= (survival[t - 1] ?? 1));
  return falls ? null : 'the survival curve must fall from at most 1 and stay at or above 0';
}
