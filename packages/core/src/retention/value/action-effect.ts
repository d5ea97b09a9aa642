import { Z90 } from '../../stats/special/normal.ts';
import type { NoTreatmentEffect, TreatmentEffect } from './treatment-effect.ts';

/** What doing something is worth: the share of the *odds* of loss that it removes, with what that rests on. */
export interface ActionEffect {
  readonly oddsShare: number;
  /** 90 %. */
  readonly interval: readonly [low: number, high: number];
  /** `measured` once outcomes weigh more than the assumption. */
  readonly basis: 'assumed' | 'measured';
  /** Accounts with an outcome behind it, both arms. */
  readonly outcomes: number;
}

/** An assumption about an action: the share of the odds that it removes, and how far off that may be. */
export interface AssumedEffect {
  readonly oddsShare: number;
  /** Standard deviation of the logarithm of the odds ratio; default .5, a factor of about 1.6 either way. */
  readonly width?: number;
}

const USUAL_WIDTH = 0.5;

/**
 * An action's effect: the assumption and what the hold-out measured, weighed by their precision on the scale of log odds
 * ratios. Without a measurement it is the assumption, and says so.
 *
 * @example
 * actionEffect({ oddsShare: 0.4 }, null); // oddsShare 0.4, interval -0.37 to 0.74, 'assumed'
 */
export function actionEffect(
  assumed: AssumedEffect,
  measured: TreatmentEffect | NoTreatmentEffect | null,
): ActionEffect {
  const prior = 1 / (assumed.width ?? USUAL_WIDTH) ** 2;
  const data = measured?.measured ? 1 / measured.variance : 0;
  const seen = measured?.measured ? measured.logOddsRatio : 0;
  const mean = (prior * Math.log(1 - assumed.oddsShare) + data * seen) / (prior + data);
  const width = Z90 / Math.sqrt(prior + data);
  return {
    oddsShare: 1 - Math.exp(mean),
    interval: [1 - Math.exp(mean + width), 1 - Math.exp(mean - width)],
    basis: data > prior ? 'measured' : 'assumed',
    outcomes: measured?.measured ? measured.treated.n + measured.heldOut.n : 0,
  };
}

/**
 * The share of the odds that goes when so much log-odds of loss is taken away: a playbook's effect times its driver.
 *
 * @example
 * oddsShareOf(Math.LN2); // 0.5
 */
export function oddsShareOf(logOddsRemoved: number): number {
  return 1 - Math.exp(-logOddsRemoved);
}

/**
 * Share of the *chance* of loss that an action removes at chance p: e (1 - p) / (1 - e p) for a share e of the odds. Nearly
 * e for a small chance, and falling to 0 for an account that is as good as gone.
 *
 * @example
 * effectAt(0.5, 0.4); // 0.25: a chance of .5 becomes .375
 */
export function effectAt(probability: number, oddsShare: number): number {
  return (oddsShare * (1 - probability)) / (1 - oddsShare * probability);
}
