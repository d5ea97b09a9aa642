import { describe, expect, it } from 'vitest';
import type { Decision } from '../outcomes/decision.ts';
import { actionEffect, effectAt, oddsShareOf } from './action-effect.ts';
import type { ArmAssignment, LoggedAction } from './logged-action.ts';
import { treatmentEffect } from './treatment-effect.ts';
import { type TreatmentOutcome, treatmentOutcomes } from './treatment-outcomes.ts';

const rows = (stratum: string, arm: TreatmentOutcome['arm'], n: number, lost: number): TreatmentOutcome[] =>
  Array.from({ length: n }, (_, i) => ({ accountId: `${stratum}/${arm}/${i}`, stratum, arm, lost: i < lost }));
const measured = (outcomes: readonly TreatmentOutcome[], level?: number) => {
  const effect = treatmentEffect(outcomes, level);
  if (!effect.measured) throw new Error(effect.reason);
  return effect;
};

describe('effect of treatment', () => {
  it('56 of 70 against 48 of 80: .2, .0524 to .3339 (Newcombe 1998, table II, method 10)', () => {
    const effect = measured([...rows('all', 'hold-out', 70, 56), ...rows('all', 'treat', 80, 48)], 0.95);
    expect(effect.difference).toBeCloseTo(0.2, 12);
    expect(effect.interval[0]).toBeCloseTo(0.0524, 4);
    expect(effect.interval[1]).toBeCloseTo(0.3339, 4);
  });

  it('no loss in either arm leaves a width: 10 against 10, -.2775 to .2775 (Newcombe: Wilson’s 0 of 10)', () => {
    const { interval } = measured([...rows('all', 'hold-out', 10, 0), ...rows('all', 'treat', 10, 0)], 0.95);
    // z² / (10 + z²) = 3.841459 / 13.841459 = .277533
    expect(interval[0]).toBeCloseTo(-0.277533, 5);
    expect(interval[1]).toBeCloseTo(0.277533, 5);
  });

  it('compares within strata, so a mix that differs between arms is no effect (Simpson), by hand', () => {
    const effect = measured([
      ...rows('safe', 'treat', 90, 9),
      ...rows('safe', 'hold-out', 10, 1),
      ...rows('risky', 'treat', 10, 5),
      ...rows('risky', 'hold-out', 90, 45),
    ]);
    // Within each stratum .1 against .1 and .5 against .5; together 14 % against 46 %.
    expect(effect.difference).toBeCloseTo(0, 12);
  });

  it('weighs strata by their size: .25 among 40 and 40, 0 among 10 and 10 is (20 x .25 + 5 x 0) / 25 = .2', () => {
    const { difference } = measured([
      ...rows('large', 'treat', 40, 10),
      ...rows('large', 'hold-out', 40, 20),
      ...rows('small', 'treat', 10, 5),
      ...rows('small', 'hold-out', 10, 5),
    ]);
    expect(difference).toBeCloseTo(0.2, 12);
  });

  it('a stratum with one arm is left out; without any comparison there is no effect', () => {
    const one = rows('one', 'treat', 5, 1);
    expect(measured([...one, ...rows('two', 'treat', 4, 1), ...rows('two', 'hold-out', 4, 2)])).toMatchObject({
      leftOut: 5,
      difference: 0.25,
    });
    expect(treatmentEffect(one)).toEqual({ measured: false, reason: 'no stratum has outcomes in both arms' });
  });
});

describe('effect of an action', () => {
  it('is the assumption until there are outcomes, and says so', () => {
    // ln .6 -/+ 1.644854 x .5: odds ratios .6 e^.822427 = 1.3656 and .6 e^-.822427 = .26362
    expect(actionEffect({ oddsShare: 0.4 }, null)).toMatchObject({
      oddsShare: expect.closeTo(0.4, 12),
      interval: [expect.closeTo(-0.3656, 4), expect.closeTo(0.73638, 4)],
      basis: 'assumed',
      outcomes: 0,
    });
  });

  it('moves to what was measured by precision, by hand', () => {
    const effect = measured([...rows('all', 'treat', 400, 40), ...rows('all', 'hold-out', 400, 80)]);
    // ln(40.5 x 320.5 / (360.5 x 80.5)) = -.804565, variance 1/40.5 + 1/360.5 + 1/80.5 + 1/320.5 = .043008
    expect(effect.logOddsRatio).toBeCloseTo(-0.804565, 5);
    expect(effect.variance).toBeCloseTo(0.043008, 5);
    // Precisions 4 and 23.2516: (4 ln .9 + 23.2516 x -.804565) / 27.2516 = -.701935, so .504375 removed
    const after = actionEffect({ oddsShare: 0.1 }, effect);
    expect(after).toMatchObject({ oddsShare: expect.closeTo(0.504375, 5), basis: 'measured', outcomes: 800 });
    // Ten outcomes weigh less than the assumption.
    const few = measured([...rows('all', 'treat', 5, 1), ...rows('all', 'hold-out', 5, 2)]);
    expect(actionEffect({ oddsShare: 0.1 }, few).basis).toBe('assumed');
  });

  it('falls as the account is as good as gone: .4 of the odds at p = .5 is .5 -> .375, at .01 nearly .4', () => {
    // Odds 1 x .6 = .6, chance .375: a quarter of .5 removed.
    expect(effectAt(0.5, 0.4)).toBeCloseTo(0.25, 12);
    expect(effectAt(0.01, 0.4)).toBeCloseTo(0.39759, 5);
    expect(effectAt(1, 0.4)).toBe(0);
    expect(oddsShareOf(Math.LN2)).toBeCloseTo(0.5, 12);
  });
});

describe('who was compared', () => {
  const at = Date.parse('2026-01-10T12:00:00Z');
  const arm = (id: number, arm: ArmAssignment['arm']): ArmAssignment => ({
    accountId: `account:${id}`,
    stratum: 'all',
    arm,
    propensity: 0.8,
    assignedAt: at,
  });
  const decision = (id: number, decidesOn: string, outcome: Decision['outcome']): Decision => ({
    accountId: `account:${id}`,
    model: 'contract',
    decidesOn,
    startsOn: decidesOn,
    endsOn: decidesOn,
    horizonDays: 365,
    outcome,
    knownOn: null,
    cause: null,
    reactivatedOn: null,
    dates: { noticeOn: null, endOfTermOn: null, lastPaymentOn: null },
    annualBefore: null,
    annualAfter: null,
  });
  const action = (id: number): LoggedAction => ({
    accountId: `account:${id}`,
    actionId: 'daysSinceTouch',
    at,
    ownerId: null,
    probability: 0.3,
    modelVersion: '1',
    arm: 'treat',
    propensity: 0.8,
    cost: null,
    hours: 1,
  });

  it('the first decision after the draw counts, in the arm drawn, acted on or not', () => {
    const arms = [
      arm(1, 'treat'),
      arm(2, 'treat'),
      arm(3, 'hold-out'),
      arm(4, 'exempt'),
      arm(5, 'treat'),
      arm(6, 'treat'),
    ];
    const record = treatmentOutcomes(
      arms,
      [action(1), action(3)],
      [
        decision(1, '2026-01-09', 'lost'),
        decision(1, '2027-03-01', 'lost'),
        decision(1, '2026-03-01', 'contracted'),
        decision(2, '2026-01-10', 'lost'),
        decision(3, '2026-04-01', 'kept'),
        decision(4, '2026-04-01', 'lost'),
        decision(5, '2026-04-01', 'competing'),
      ],
      'UTC',
    );
    expect(record).toEqual({
      outcomes: [
        { accountId: 'account:1', stratum: 'all', arm: 'treat', lost: false },
        { accountId: 'account:2', stratum: 'all', arm: 'treat', lost: true },
        { accountId: 'account:3', stratum: 'all', arm: 'hold-out', lost: false },
      ],
      exempt: 1,
      pending: 1,
      competing: 1,
      acted: 1,
      heldOutButActed: 1,
    });
  });
});
