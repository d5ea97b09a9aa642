import { describe, expect, it } from 'vitest';
import { fitBdw, fitSbg } from '../../src/retention/contract-cohorts/fit.ts';
import { residualPeriods, survivalAfter } from '../../src/retention/contract-cohorts/predict.ts';
import { fitBgNbd, fitMbgNbd } from '../../src/retention/repeat-buying/beta-geometric/fit.ts';
import { fitBgBb } from '../../src/retention/repeat-buying/bg-bb/fit.ts';
import { fitParetoNbd } from '../../src/retention/repeat-buying/pareto-nbd/fit.ts';
import {
  expectedOrders,
  probabilityActive,
  probabilityOfOrder,
  probabilityOfOrders,
} from '../../src/retention/repeat-buying/predict.ts';
import type { RepeatBuyingSummary } from '../../src/retention/repeat-buying/summary.ts';
import { span } from '../../src/retention/repeat-buying/time-base.ts';
import { lgamma } from '../../src/stats/special/index.ts';
import { betaChance, gammaTime, simulate } from './simulate.ts';

/** The NBD's log-likelihood, straight from its formula. */
function nbd({ frequency, age }: RepeatBuyingSummary<'weeks'>, r: number, alpha: number): number {
  return frequency.reduce(
    (sum, x, i) => sum + lgamma(r + x) - lgamma(r) + r * Math.log(alpha) - (r + x) * Math.log(alpha + age[i]!),
    0,
  );
}

const inWeeks = { base: 'weeks', frequency: 3, recency: 4, age: 30 } as const;

describe('the boundary a -> 0 (where lifetimes 0.11.3 does not converge on UCI Online Retail)', () => {
  const bought = simulate({ accounts: 1500, seed: 4, r: 0.8, alpha: 9 });

  it.each([
    ['BG/NBD', fitBgNbd],
    ['MBG/NBD', fitMbgNbd],
    ['Pareto/NBD', fitParetoNbd],
  ])(
    '%s on accounts that never drop out falls back to the NBD and says so (simulated, formula of the NBD)',
    (_, fit) => {
      const model = fit(bought);
      if (!model.fitted) throw new Error(model.message);
      expect(model.note).toMatch(/no sign that accounts drop out/);
      expect(model.limits).toEqual([{ parameter: 'a' in model.parameters ? 'a' : 's', at: 'zero' }]);
      const { r, alpha } = model.parameters;
      expect(model.logLikelihood).toBeCloseTo(nbd(bought, r, alpha), 6);
      // a maximum: a step to either side is lower
      for (const [up, across] of [
        [1.01, 1],
        [0.99, 1],
        [1, 1.01],
        [1, 0.99],
      ] as const)
        expect(nbd(bought, r * up, alpha * across)).toBeLessThan(model.logLikelihood);
      expect(Math.abs(r - 0.8)).toBeLessThan(3 * model.standardErrors.r!);
      expect(probabilityActive(model, inWeeks)).toBe(1);
      expect(expectedOrders(model, inWeeks, span('weeks', 13))).toBeCloseTo(((r + 3) / (alpha + 30)) * 13, 10);
      const idle = ((alpha + 30) / (alpha + 43)) ** (r + 3);
      expect(probabilityOfOrder(model, inWeeks, span('weeks', 13))).toBeCloseTo(1 - idle, 10);
      expect(probabilityOfOrders(model, inWeeks, span('weeks', 13), 0)).toBeCloseTo(idle, 10);
    },
  );

  it('rates that do not vary put r at infinity: listed, noted, no standard error (simulated)', () => {
    const model = fitBgNbd(simulate({ accounts: 2000, seed: 7, r: 1e6, alpha: 1e7, dropOut: () => ({ chance: 0.2 }) }));
    if (!model.fitted) throw new Error(model.message);
    expect(model.limits).toEqual([{ parameter: 'r', at: 'infinity' }]);
    expect(model.note).toMatch(/r at infinity/);
    expect(model.standardErrors.alpha).toBeNull();
    expect(model.parameters.r / model.parameters.alpha).toBeCloseTo(0.1, 2);
    expect(expectedOrders(model, inWeeks, span('weeks', 13))).toBeGreaterThan(0);
  });

  it('BG/BB of donors who all give every year is a limit, not a failure (by definition they give again)', () => {
    const all = Float64Array.of(6);
    const model = fitBgBb({
      base: 'years',
      frequency: all,
      recency: all,
      occasions: all,
      accounts: Float64Array.of(100),
    });
    if (!model.fitted) throw new Error(model.message);
    expect(model.limits.length).toBeGreaterThan(0);
    expect(model.logLikelihood).toBeCloseTo(0, 3);
    const history = { base: 'years', frequency: 6, recency: 6, occasions: 6 } as const;
    expect(expectedOrders(model, history, span('years', 5))).toBeCloseTo(5, 2);
  });

  it('sBG and BdW of a constant loss of a fifth are geometric: S(k) = .8^k, DERL at 10 % = .8 / (1 - .8 / 1.1) (arithmetic)', () => {
    const cohort = [{ base: 'years' as const, kept: [1000, 800, 640, 512, 409.6] }];
    for (const fit of [fitSbg, fitBdw]) {
      const model = fit(cohort);
      if (!model.fitted) throw new Error(model.message);
      expect(model.limits.length).toBeGreaterThan(0);
      expect(survivalAfter(model, 8)).toBeCloseTo(0.8 ** 8, 3);
      expect(residualPeriods(model, 3, { base: 'years', perPeriod: 0.1 })).toBeCloseTo(0.8 / (1 - 0.8 / 1.1), 2);
    }
  });
});

describe('parameters are found again in data simulated order by order', () => {
  it('BG/NBD, MBG/NBD and Pareto/NBD within 3 standard errors of the truth', () => {
    const beta = betaChance(0.8, 2.4);
    const atFirstToo = (random: Parameters<typeof beta>[0]) => {
      const { chance } = beta(random);
      return random.uniform() < chance ? { at: 0 } : { chance };
    };
    const models = [
      [
        fitMbgNbd(simulate({ accounts: 8000, seed: 13, r: 0.5, alpha: 4.4, dropOut: atFirstToo })),
        { r: 0.5, alpha: 4.4, a: 0.8, b: 2.4 },
      ],
      [
        fitBgNbd(simulate({ accounts: 8000, seed: 11, r: 0.5, alpha: 4.4, dropOut: beta })),
        { r: 0.5, alpha: 4.4, a: 0.8, b: 2.4 },
      ],
      [
        fitParetoNbd(simulate({ accounts: 3000, seed: 12, r: 0.55, alpha: 5, dropOut: gammaTime(0.6, 12) })),
        { r: 0.55, alpha: 5, s: 0.6, beta: 12 },
      ],
    ] as const;
    for (const [model, truth] of models) {
      if (!model.fitted) throw new Error(model.message);
      for (const [name, value] of Object.entries(truth)) {
        const error = (model.standardErrors as Record<string, number | null>)[name]!;
        expect(Math.abs((model.parameters as Record<string, number>)[name]! - value), name).toBeLessThan(3 * error);
      }
    }
  });
});
