import type { AccuracyCard } from '@holdfast/core';
import type { ReportCard } from '../src/report/report-card.ts';
import type { ReportForecast } from '../src/report/report-forecast.ts';
import type { CohortCurve, MovedPicture, SurvivalPicture } from '../src/report/report-pictures.ts';

const held = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });

/** A card of 200 decisions in two bins; `text` stands wherever a text can. */
export function aCard(text: string): ReportCard {
  const contender = { contender: text, decisions: 200, losses: 30, logLoss: 0.3, logLossSkill: 0.2, brierSkill: null };
  return {
    model: 'contract',
    on: '2026-01-31',
    verdict: 'passes',
    summary: text,
    evidence: text,
    leadDays: 30,
    outcomes: { decisions: 200, losses: 30, contractions: 4, pending: 9, baseRate: 0.15 },
    history: { fromOn: '2023-01-01', toOn: '2025-12-31' },
    testSlice: { fromOn: '2025-07-01', toOn: '2025-10-01' },
    test: [{ ...contender, auc: held(0.7) }],
    rolling: [{ ...contender, auc: held(0.8) }],
    calibration: {
      slope: held(0.93),
      intercept: held(0),
      bins: [
        { decisions: 100, losses: 8, predicted: 0.07, observed: { value: 0.08, low: 0.047, high: 0.133 } },
        { decisions: 100, losses: 22, predicted: 0.2, observed: { value: 0.22, low: 0.16, high: 0.295 } },
      ],
      ece: 0.015,
      eceWhenPerfect: 0.03,
      predictedLosses: 27,
    },
    untreated: null,
    treatedDecisions: 3,
    topTenth: { decisions: 20, lift: 3, lossesCaptured: 0.3, revenueCaptured: 0.41 },
    leads: [{ leadDays: 90, decisions: 200, losses: 30, auc: held(0.65), lossesCaptured: 0.2 }],
    contradicted: [{ feature: text, points: 0.4, weight: held(-0.3), chanceWrongSign: 0.98 }],
    owners: { owners: 12, judged: 9, minDecisions: 10, fewerLosses: 0, moreLosses: 2 },
    redButKept: 5,
    greenButLost: 6,
    challenger: { gain: 0.01, gainSe: 0.02, promoted: false, reason: text },
    leftOut: [{ reason: text, decisions: 13 }],
    notes: [text],
  };
}

/** The page takes core's own card as it is. */
export const takesCard = (card: AccuracyCard): Readonly<Omit<ReportCard, keyof AccuracyCard>> => card;

/** A forecast of two months in EUR: 100.00 committed, 50.00 likely and 20.00 at risk in the first, nothing in the second. */
export function aForecast(text: string): ReportForecast {
  const none = { renewals: 0, due: 0 };
  return {
    forecast: {
      madeOn: text,
      currency: 'EUR',
      borders: { committedBelow: 0.1, atRiskFrom: 0.3 },
      months: [
        {
          month: '2026-02',
          renewals: 4,
          due: 17_000,
          expected: 14_000,
          interval: [11_000, 16_000],
          classes: {
            committed: { renewals: 2, due: 10_000 },
            likely: { renewals: 1, due: 5000 },
            'at risk': { renewals: 1, due: 2000 },
          },
          withoutValue: 1,
        },
        {
          month: '2026-03',
          renewals: 0,
          due: 0,
          expected: 0,
          interval: null,
          classes: { committed: none, likely: none, 'at risk': none },
          withoutValue: 0,
        },
      ],
    },
    lastQuarter: {
      from: '2025-10',
      to: '2025-12',
      madeOn: text,
      results: [
        { forecast: 'all', decided: 10, expectedKept: 8.5, kept: 9, pending: 2, expected: 90_000, renewed: 95_000 },
      ],
    },
  };
}

/** One cohort and who is not in it. */
export function aSurvival(text: string): SurvivalPicture {
  const curve: CohortCurve = {
    label: text,
    accounts: 40,
    lost: 8,
    outside: 1,
    fromYears: 0.5,
    points: [
      { years: 0.5, share: 1 },
      { years: 1.1, share: 0.8 },
      { years: 2.2, share: 0.8 },
    ],
    marks: [{ years: 2, share: 0.8, low: 0.64, high: 0.89, atRisk: 21 }],
  };
  return {
    curves: [curve],
    shares: { years: 2, lost: 0.2, outside: 0.025 },
    firstLossOn: '2024-03-04',
    lateEntries: 7,
    left: { unwatched: 1, orderBased: 2, unclear: 3, small: 4 },
  };
}

/** One account that fell; its odds doubled, all of it by what happened. */
export function aMovement(text: string, some: boolean): MovedPicture {
  if (!some) return { compared: 0, otherBand: 0, otherScore: 0, rows: [], evidence: [], otherModel: 0 };
  const split = { total: Math.log(2), inputs: Math.log(2), model: 0, time: 0, drivers: [text] };
  return {
    compared: 30,
    otherBand: 1,
    otherScore: 1,
    rows: [{ name: text, from: { band: 'healthy', score: 80 }, to: { band: 'watch', score: 60 }, split }],
    evidence: [{ from: text, to: 'recalibrated', accounts: 30 }],
    otherModel: 30,
  };
}
