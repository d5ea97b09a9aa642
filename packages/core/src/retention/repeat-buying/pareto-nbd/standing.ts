import type { ParetoNbdModel } from '../repeat-model.ts';
import type { OrderHistory } from '../summary.ts';
import type { TimeBase } from '../time-base.ts';
import { newPastDropOut, pastDropOut } from './past-drop-out.ts';

/** What is believed of one account from now on: the chance that it is active, and its rates if it is. */
export interface ParetoNbdStanding {
  readonly active: number;
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/**
 * The standing of an account after its history; `null` for one whose first order is only now. Given that it is active,
 * its order rate is gamma(r + x, alpha + T) and its drop-out rate gamma(s, beta + T).
 *
 * Source: Schmittlein, Morrison and Colombo 1987; Fader and Hardie's note.
 */
export function paretoNbdStanding(
  { parameters: { r, alpha, s, beta } }: ParetoNbdModel<TimeBase>,
  history: OrderHistory<TimeBase> | null,
): ParetoNbdStanding {
  if (history === null) return { active: 1, r, alpha, s, beta };
  const { frequency, recency, age } = history;
  const past = newPastDropOut();
  if (s > 0) pastDropOut(past, r + frequency, alpha, s, beta, recency, age);
  return { active: 1 / (1 + Math.exp(past.logOdds)), r: r + frequency, alpha: alpha + age, s, beta: beta + age };
}
