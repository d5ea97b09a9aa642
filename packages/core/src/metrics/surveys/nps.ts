import { normalQuantile } from '../../stats/special/index.ts';
import type { ShareFigure } from '../figure.ts';
import { answersByAccount, type SurveyAnswer, type SurveyWindow } from './account-answers.ts';

/** Net promoter score from -1 to 1 (times 100 for points), with its interval; `n` counts accounts. */
export type NetPromoterScore = ShareFigure & {
  readonly answers: number;
  /** Mean share over accounts. */
  readonly promoters: number;
  readonly detractors: number;
};

/**
 * Share of 9 to 10 minus share of 0 to 6. Every account weighs the same however many people answered for it; answers
 * older than a year are out. Variance of one answer each: `p + d - (p - d)^2` over n; between accounts otherwise. Where
 * all accounts agree that variance is 0, which is no knowledge: the bound is then what Wilson's interval leaves open.
 * `null` without answers.
 *
 * @example
 * nps([{ accountId: 'account:1', score: 10, answeredOn: '2026-05-01' }], { on: '2026-06-01' }); // value 1, n 1
 */
export function nps(answers: readonly SurveyAnswer[], window: SurveyWindow, level = 0.95): NetPromoterScore {
  const accounts = answersByAccount(answers, window, { from: 0, to: 10 });
  const n = accounts.length;
  const counts = accounts.map(({ scores }) => ({
    promoters: scores.filter((it) => it >= 9).length / scores.length,
    detractors: scores.filter((it) => it <= 6).length / scores.length,
  }));
  const stated = {
    n,
    answers: accounts.reduce((sum, it) => sum + it.scores.length, 0),
    promoters: mean(counts.map((it) => it.promoters)),
    detractors: mean(counts.map((it) => it.detractors)),
  };
  if (n === 0) return { ...stated, value: null, reason: 'no answers in the window', interval: null };
  const values = counts.map((it) => it.promoters - it.detractors);
  const value = mean(values);
  return { ...stated, value, reason: null, interval: intervalOf(values, value, normalQuantile((1 + level) / 2)) };
}

function intervalOf(values: readonly number[], value: number, z: number): readonly [number, number] {
  const n = values.length;
  const variance = mean(values.map((it) => (it - value) ** 2));
  // Wilson's lower limit of n out of n is n / (n + z^2); what it leaves open could lie at the far end of the scale.
  const open = (2 * z * z) / (n + z * z);
  const width = variance === 0 ? open : z * Math.sqrt(variance / n);
  return [Math.max(-1, value - width), Math.min(1, value + width)];
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, it) => sum + it, 0) / values.length;
}
