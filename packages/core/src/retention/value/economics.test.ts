import { describe, expect, it } from 'vitest';
import { actionEffect } from './action-effect.ts';
import { breakEvenSaveRate, type RetentionCosts, retentionEconomics } from './retention-economics.ts';
import { rankActions, valueOfAction } from './value-of-action.ts';

const effect = actionEffect({ oddsShare: 0.4 }, null);

describe('value of an action, by hand', () => {
  it('p V g - f: .5 x 100,000 x .25 - 2,500 = 10,000; break-even at .05', () => {
    const value = valueOfAction({ probability: 0.5, value: 100_000 }, { id: 'a', cost: 2_500, hours: 4, effect });
    expect(value).toMatchObject({
      effect: expect.closeTo(0.25, 9),
      probabilityDrop: expect.closeTo(0.125, 9),
      value: expect.closeTo(10_000, 6),
      perHour: expect.closeTo(2_500, 6),
      breakEven: expect.closeTo(0.05, 12),
      worthIt: true,
      assumption: 'assumed: 40 % of the odds of loss removed (-37 % to 74 %)',
    });
    // The interval's low end does harm: the value of it is below the cost.
    expect(value.interval?.[0]).toBeLessThan(-2_500);
  });

  it('an incentive that stayers take too: .5 x .25 x (100,000 - 8,000) - .5 x .5 x 8,000 - 2,500 = 7,000', () => {
    const action = { id: 'a', cost: 2_500, hours: 1, effect, incentive: 8_000, takeUpByStayers: 0.5 };
    const value = valueOfAction({ probability: 0.5, value: 100_000 }, action);
    expect(value.value).toBeCloseTo(7_000, 6);
    // (2,500 + 2,000) / (.5 x 92,000)
    expect(value.breakEven).toBeCloseTo(0.0978261, 6);
  });

  it('sure things are left alone on an assumption, lost causes lose their value, no margin means no verdict', () => {
    const free = { id: 'a', cost: 0, hours: 1, effect };
    expect(valueOfAction({ probability: 0.019, value: 100_000 }, free).worthIt).toBe(false);
    expect(valueOfAction({ probability: 0.02, value: 100_000 }, free).worthIt).toBe(true);
    expect(valueOfAction({ probability: 0.99, value: 100_000 }, { ...free, cost: 700 }).worthIt).toBe(false);
    expect(valueOfAction({ probability: 0.5, value: null }, free)).toMatchObject({
      value: null,
      breakEven: null,
      worthIt: false,
    });
  });

  it('ranks by value for an hour; without a margin by the fall of the chance for an hour', () => {
    const actions = [
      { id: 'long', cost: 0, hours: 10, effect: actionEffect({ oddsShare: 0.6 }, null) },
      { id: 'short', cost: 0, hours: 1, effect },
      { id: 'dear', cost: 1_000_000, hours: 1, effect },
    ];
    const of = (value: number | null) => rankActions({ probability: 0.3, value }, actions).map((it) => it.action.id);
    expect(of(100_000)).toEqual(['short', 'long', 'dear']);
    expect(of(null)).toEqual(['dear', 'short', 'long']);
  });
});

const costs: RetentionCosts = {
  acquisition: { spend: 900_000, count: 30 },
  serving: { spend: 500_000, count: 100 },
  retention: { spend: 40_000, count: 200 },
  saves: { assumedRate: 0.1, low: 0.05, high: 0.2 },
};

describe('keeping against winning, from the company’s own costs, by hand', () => {
  it('averages are marked as such: 900,000 / 30 = 30,000 to replace, 40,000 / 20 = 2,000 to save, ratio 15', () => {
    const economics = retentionEconomics(costs);
    // 30 -/+ 1.644854 sqrt(30) = 20.9908 and 39.0092
    expect(economics.replacementCost).toMatchObject({ value: 30_000, kind: 'average', basis: 'measured' });
    expect(economics.replacementCost.interval?.[0]).toBeCloseTo(900_000 / 39.00923, 0);
    expect(economics.replacementCost.interval?.[1]).toBeCloseTo(900_000 / 20.99077, 0);
    expect(economics.costPerSave).toMatchObject({ value: 2_000, interval: [1_000, 4_000], basis: 'assumed' });
    expect(economics.ratio).toMatchObject({ value: 15, basis: 'assumed' });
    // Down: hypot(ln(30 / 39.00923), ln 2) = hypot(.262601, .693147) = .7412235; up: hypot(ln(30 / 20.99077), ln 2) = .7797333
    expect(economics.ratio.interval?.[0]).toBeCloseTo(15 * Math.exp(-0.7412235), 3);
    expect(economics.ratio.interval?.[1]).toBeCloseTo(15 * Math.exp(0.7797333), 3);
  });

  it('marginal costs where an earlier period shows more spend and more accounts: (900 - 500) / (30 - 20) thousand', () => {
    const economics = retentionEconomics({
      ...costs,
      acquisition: { spend: 900_000, count: 30, before: { spend: 500_000, count: 20 } },
      serving: { spend: 500_000, count: 100, before: { spend: 450_000, count: 110 } },
    });
    // 10 more, sd sqrt(50): the data set no bound above. Fewer were served before: the average it is.
    expect(economics.replacementCost).toMatchObject({ value: 40_000, n: 10, kind: 'marginal' });
    expect(economics.replacementCost.interval?.[1]).toBeNull();
    expect(economics.ratio.interval?.[1]).toBeNull();
    expect(economics.costToServe).toMatchObject({ value: 5_000, kind: 'average' });
  });

  it('saves by the hold-out are measured; a hold-out that shows none gives no cost of a save', () => {
    const saves = (difference: number, low: number): RetentionCosts['saves'] => ({
      measured: true,
      treated: { n: 200, lost: 20 },
      heldOut: { n: 50, lost: 10 },
      difference,
      interval: [low, 0.2],
      level: 0.9,
      logOddsRatio: -0.8,
      variance: 0.2,
      leftOut: 0,
    });
    expect(retentionEconomics({ ...costs, saves: saves(0.1, -0.01) }).costPerSave).toMatchObject({
      value: 2_000,
      interval: [1_000, null],
      basis: 'measured',
    });
    expect(retentionEconomics({ ...costs, saves: saves(-0.1, -0.3) })).toMatchObject({
      costPerSave: { value: null, reason: 'nothing was saved', basis: 'measured' },
      ratio: { value: null, reason: 'nothing was saved' },
    });
    const nothing = retentionEconomics({ ...costs, saves: { measured: false, reason: 'none' } });
    expect(nothing.costPerSave).toMatchObject({ value: null, basis: 'assumed' });
  });

  it('break-even save rate 500 / (10,000 x .2) = .25; nothing to save is null', () => {
    expect(breakEvenSaveRate(500, 10_000, 0.2).value).toBe(0.25);
    expect(breakEvenSaveRate(500, 10_000, 0).value).toBeNull();
  });
});
