export { logistic, logit } from '../stats/special/log-sum-exp.ts';

/** The chance of loss over another horizon at a steady rate: `1 - (1 - p)^(to / from)`. For order-based accounts only. */
export function scaleHorizon(probability: number, fromDays: number, toDays: number): number {
  return 1 - (1 - probability) ** (toDays / fromDays);
}
