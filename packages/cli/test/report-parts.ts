import { type AccuracyCard, layoutGraph, PAGE_ROOM, referralPages } from '@holdfast/core';
import type { ReportReferrals } from '../src/report/referral-sections.ts';
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

/** Nobody was introduced. */
const NO_REFERRALS = referralPages({
  state: {
    ...{
      claims: new Map(),
      decisions: new Map(),
      sales: new Map(),
      programs: new Map(),
      options: { programs: [], rates: [] },
    },
    rewards: { all: () => [], unsettled: () => [], ledger: { transactions: () => [] }, get: () => undefined },
  } as unknown as Parameters<typeof referralPages>[0]['state'],
  ...{ today: '2026-01-31', timeZone: 'UTC', currency: 'EUR', marginSet: false, acquisitionCost: null, accounts: [] },
  answerDays: 30,
});

/** A program of 10 claims, 4 won; a chain of 4 accounts; 1,200.00 accrued; 500 of it waits; every return with a figure. */
export function aReferral(text: string, some = true): ReportReferrals {
  if (!some) return { pages: NO_REFERRALS, names: new Map() };
  const share = { value: 0.5, n: 40, reason: null, interval: [0.4, 0.6] } as const;
  const steps = ['submitted', 'accepted', 'contacted', 'qualified', 'opportunity', 'won', 'retained'] as const;
  const line = (from: string, to: string, at: number, state: string) => ({
    referrerId: from,
    referredId: to,
    at,
    state,
  });
  const chain = [line('a', 'b', 1, 'won'), line('a', 'c', 2, 'lost'), line('b', 'd', 3, 'accepted')];
  const value = {
    parties: 40,
    value: 900_000,
    perParty: { ...share, value: 22_500, interval: [20_000, 25_000] as const },
  };
  const referrer = { referrerId: 'a', typeOne: { count: 2, value: 800_000 }, typeTwo: { count: 1, value: 100_000 } };
  const counts = { asked: 40, accepted: 20, declined: 10, ignored: 10, open: 0, acceptance: share };
  return {
    names: new Map(['a', 'b', 'c', 'd'].map((id) => [id, `${text} ${id}`])),
    pages: {
      ...NO_REFERRALS,
      claims: 10,
      programs: {
        more: 0,
        shown: [
          {
            ...{ programId: 'main', name: text, claims: 10 },
            funnel: {
              steps: steps.map((step, at) => ({ step, reached: [10, 8, 7, 6, 5, 4, 3][at] ?? 0, ofPrevious: share })),
              states: { under_review: 1, queued: 1 },
              fell: [{ after: 'submitted', state: 'duplicate', reason: 'earlier_claim_protected', count: 2 }],
            },
          },
        ],
      },
      evidence: [
        { evidence: 'confirmed', claims: 0, credited: 0, unavailable: text, partly: [] },
        { evidence: 'activity', claims: 10, credited: 4, unavailable: null, partly: [`mails: ${text}`] },
      ],
      graph: layoutGraph(chain, PAGE_ROOM),
      balances: [
        {
          ...{ programId: 'main', currency: 'EUR', accrued: 120_000, pending: 0, held: 50_000, payable: 40_000 },
          ...{ paid: 20_000, reversed: 10_000, receivable: 0 },
        },
      ],
      waiting: {
        more: 2,
        shown: [
          {
            ...{
              key: 'main/won deal:1/first/referrer/0',
              programId: 'main',
              opportunityId: 'deal:1',
              needs: 'approve',
            },
            ...{ money: { minor: 50_000, currency: 'EUR' }, earnedAt: 1_767_225_600_000, reason: 'needs_approval' },
          },
        ],
      },
      returns: {
        ...NO_REFERRALS.returns,
        programs: [
          {
            ...{ programId: 'main', withoutMargin: 1 },
            result: {
              counted: {
                ...{ referrals: 4, retained: 3, margin: 900_000, rewards: 110_000, referredDiscounts: 0 },
                ...{ handlingCost: 0, fixedCost: 0, net: 790_000 },
              },
              incremental: { known: false, reason: 'not enough: 3 against 1 comparable cases, 30 each are needed' },
            },
          },
        ],
        values: {
          ...{ one: value, two: value, total: 1_800_000, withoutMargin: 0, withoutRate: 0 },
          referrers: { shown: [{ ...referrer, direct: 900_000, withChain: 950_000 }], more: 0 },
        },
        triggers: [
          {
            ...counts,
            trigger: 'promoter',
            introductions: 5,
            won: 2,
            net: 400_000,
            netPerAsk: { ...share, value: 10_000 },
          },
        ],
      },
    },
  };
}
