import { type Discount, rateIn, type TimeBase } from '../repeat-buying/time-base.ts';
import { discountedSurvival } from './discounted-survival.ts';
import { logSurvival, lossAt, type RenewalShape } from './log-survival.ts';
import { type RenewalModel, shapeOf } from './renewal-model.ts';

/** The chance to still be under contract after `renewals` renewals (S). */
export function survivalAfter(model: RenewalModel<TimeBase>, renewals: number): number {
  return Math.exp(logSurvival(shapeOf(model), whole(renewals, 0)));
}

/**
 * The chance that a contract which came to its `renewal`-th renewal (from 1) is renewed then (r). It rises as the weak
 * ones leave.
 */
export function renewalRate(model: RenewalModel<TimeBase>, renewal: number): number {
  return 1 - lossAt(shapeOf(model), whole(renewal, 1));
}

/**
 * Discounted expected residual lifetime (DERL) of an account that has renewed `renewals` times and is shortly before
 * its next renewal: the sum over k >= 1 of S(t + k) / S(t) (1 + d)^(1 - k), in periods; the next renewal is not
 * discounted.
 *
 * Source: Fader and Hardie 2010, "Customer-Base Valuation in a Contractual Setting: The Perils of Ignoring
 * Heterogeneity", Marketing Science 29:85.
 */
export function residualPeriods<B extends TimeBase>(
  model: RenewalModel<B>,
  renewals: number,
  discount: Discount<NoInfer<B>>,
): number {
  const rate = rateIn(model.base, discount);
  const shape = shapeOf(model);
  whole(renewals, 0);
  return shape.c === 1 ? discountedSurvival(shape.gamma, shape.delta + renewals, rate) : addUp(shape, renewals, rate);
}

/**
 * The residual value of an account: DERL times what a period is worth, in the unit of that (gross margin for
 * decisions).
 */
export function residualValue<B extends TimeBase>(
  model: RenewalModel<B>,
  renewals: number,
  discount: Discount<NoInfer<B>>,
  marginPerPeriod: number,
): number {
  return residualPeriods(model, renewals, discount) * marginPerPeriod;
}

/** Term by term until what is left, at most a geometric series, no longer counts. */
function addUp(shape: RenewalShape, renewals: number, rate: number): number {
  const now = logSurvival(shape, renewals);
  const fade = Math.log1p(rate);
  let sum = 0;
  for (let k = 1; ; k++) {
    const term = Math.exp(logSurvival(shape, renewals + k) - now - (k - 1) * fade);
    sum += term;
    if (term <= 1e-14 * rate * sum || term === 0) return sum;
  }
}

function whole(renewals: number, least: number): number {
  if (Number.isInteger(renewals) && renewals >= least) return renewals;
  throw new RangeError(`${renewals} renewals: count from ${least} in whole numbers.`);
}
