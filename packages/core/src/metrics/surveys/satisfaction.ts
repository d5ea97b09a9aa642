import { wilson } from '../../stats/calibration/index.ts';
import type { ShareFigure } from '../figure.ts';
import { answersByAccount, type SurveyAnswer, type SurveyWindow } from './account-answers.ts';

/** A survey's scale, kept with its answers: versions of one question differ in length and in direction. */
export interface SurveyScale {
  readonly from: number;
  readonly to: number;
  /** Whether the highest answer is the best one: "easy to solve" runs up, "how much effort" runs down. */
  readonly best: 'high' | 'low';
}

/** The usual five-point question on satisfaction. */
export const CSAT_SCALE: SurveyScale = { from: 1, to: 5, best: 'high' };
/** "They made it easy for me", 1 to 7 (CES 2.0). */
export const CES_SCALE: SurveyScale = { from: 1, to: 7, best: 'high' };

/** Share of good answers, with the scale that it was measured on. */
export type SatisfactionShare = ShareFigure & { readonly scale: SurveyScale; readonly boxes: number };

/**
 * Customer satisfaction: the share in the best two boxes, accounts weighing the same; Wilson's interval on the number of
 * accounts. `null` without answers on the scale.
 *
 * @example
 * csat([{ accountId: 'account:1', score: 4, answeredOn: '2026-05-01' }], { on: '2026-06-01' }).value; // 1
 */
export function csat(
  answers: readonly SurveyAnswer[],
  window: SurveyWindow,
  scale: SurveyScale = CSAT_SCALE,
): SatisfactionShare {
  return bestBoxes(answers, window, scale, 2);
}

/**
 * Customer effort: the share in the best three boxes of its scale. Answers of two versions are never put together.
 *
 * @example
 * const answers = [{ accountId: 'account:1', score: 2, answeredOn: '2026-05-01' }];
 * cesShare(answers, { on: '2026-06-01' }, { from: 1, to: 7, best: 'low' }).value; // 1
 */
export function cesShare(
  answers: readonly SurveyAnswer[],
  window: SurveyWindow,
  scale: SurveyScale = CES_SCALE,
): SatisfactionShare {
  return bestBoxes(answers, window, scale, 3);
}

/**
 * Mean customer effort on its own scale, accounts weighing the same; `null` without answers. `n` counts accounts.
 *
 * @example
 * cesMean([{ accountId: 'account:1', score: 6, answeredOn: '2026-05-01' }], { on: '2026-06-01' }).value; // 6
 */
export function cesMean(answers: readonly SurveyAnswer[], window: SurveyWindow, scale: SurveyScale = CES_SCALE) {
  const means = answersByAccount(answers, window, scale).map((it) => mean(it.scores));
  const n = means.length;
  return { value: n === 0 ? null : mean(means), n, reason: n === 0 ? NO_ANSWERS : null, scale };
}

const NO_ANSWERS = 'no answers on this scale in the window';

function bestBoxes(
  answers: readonly SurveyAnswer[],
  window: SurveyWindow,
  scale: SurveyScale,
  boxes: number,
): SatisfactionShare {
  const isGood = (score: number) => (scale.best === 'high' ? score > scale.to - boxes : score < scale.from + boxes);
  const accounts = answersByAccount(answers, window, scale);
  const n = accounts.length;
  if (n === 0) return { value: null, n, reason: NO_ANSWERS, interval: null, scale, boxes };
  const value = mean(accounts.map(({ scores }) => scores.filter(isGood).length / scores.length));
  const { low, high } = wilson(value * n, n);
  return { value, n, reason: null, interval: [low, high], scale, boxes };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, it) => sum + it, 0) / values.length;
}
