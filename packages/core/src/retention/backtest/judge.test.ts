import { describe, expect, test } from 'vitest';
import type { CardCalibration, ContenderFigures } from './accuracy-card.ts';
import { judge } from './judge.ts';

const score: ContenderFigures = {
  ...{ contender: 'score', decisions: 400, losses: 60, logLoss: 0.35, logLossSkill: 0.1, brier: 0.1, brierSkill: 0.1 },
  ...{ auc: { value: 0.75, low: 0.7, high: 0.8 }, beatsBaseRate: true },
};

/** Four bins of 100 decisions, each at 15 %: 60 losses predicted. */
function calibration(losses: number, slope = { value: 1, low: 0.8, high: 1.2 }): CardCalibration {
  const observed = { value: losses / 400, low: 0, high: 1 };
  const bins = [1, 2, 3, 4].map(() => ({ decisions: 100, losses: losses / 4, predicted: 0.15, observed }));
  return { slope, intercept: null, bins, ece: 0, eceWhenPerfect: 0, predictedLosses: 60 };
}
const verdict = (it: CardCalibration | null, rolling: readonly ContenderFigures[] = [score]) =>
  judge({ rolling, calibration: it, lossesMissing: null }).verdict;

describe('the verdict, by rules fixed beforehand', () => {
  test('chances must add up to the losses: within a fifth or a quarter more, or within luck', () => {
    // Variance 400 x .15 x .85 = 51, so luck is 1.645 x 7.14 + .5 = 12.2; the borders are 48 and 75.
    expect([48, 60, 72].map((losses) => verdict(calibration(losses)))).toEqual(['passes', 'passes', 'passes']);
    expect([44, 80].map((losses) => verdict(calibration(losses)))).toEqual(['miscalibrated', 'miscalibrated']);
  });

  test('a slope outside .8 to 1.25 whose interval leaves 1 out is miscalibrated; one whose interval holds 1 is not', () => {
    expect(verdict(calibration(60, { value: 0.6, low: 0.4, high: 0.8 }))).toBe('miscalibrated');
    expect(verdict(calibration(60, { value: 0.7, low: 0.3, high: 1.1 }))).toBe('passes');
    expect(verdict(null)).toBe('miscalibrated');
  });

  test('no signal: no better than the base rate, or an AUC whose interval reaches one half', () => {
    expect(verdict(calibration(60), [{ ...score, beatsBaseRate: false }])).toBe('no-signal');
    expect(verdict(calibration(60), [{ ...score, auc: { value: 0.6, low: 0.5, high: 0.7 } }])).toBe('no-signal');
  });
});
