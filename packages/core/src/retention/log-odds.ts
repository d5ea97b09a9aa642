/** Log-odds of a probability strictly between 0 and 1. */
export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** Probability of log-odds. */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** The chance of loss over another horizon at a steady rate: `1 - (1 - p)^(to / from)`. For order-based accounts only. */
export function scaleHorizon(probability: number, fromDays: number, toDays: number): number {
  return 1 - (1 - probability) ** (toDays / fromDays);
}
