import { describe, expect, it } from 'vitest';
import { fitBgBb } from '../../src/retention/repeat-buying/bg-bb/fit.ts';
import { expectedOrders, probabilityActive, probabilityOfOrders } from '../../src/retention/repeat-buying/predict.ts';
import { span } from '../../src/retention/repeat-buying/time-base.ts';
import { bgNbd, paretoNbd } from './given-models.ts';
import { absent, donations, SKIPPED } from './shared-data.ts';

const WEEKS_39 = span('weeks', 39);
/** The rounded parameters of Fader, Hardie and Lee 2005, table 2. */
const ROUNDED = bgNbd([0.243, 4.414, 0.793, 2.426]);

describe('published values at the parameters they were printed for', () => {
  it('BG/NBD E[X(t)] of Hardie’s spreadsheet at (.243, 4.414, .793, 2.426); E[X(78)] is 1.85797 at the unrounded ones (rule 13)', () => {
    const published = [
      [0.1429, '0.0078'],
      [1, '0.0532'],
      [3, '0.1506'],
      [31.8571, '1.0405'],
      [32, '1.0437'],
    ] as const;
    const exact = bgNbd([0.2425929, 4.4135314, 0.7928862, 2.4257535]);
    for (const [t, printed] of published)
      expect(expectedOrders(exact, null, span('weeks', t)).toFixed(4)).toBe(printed);
    expect(expectedOrders(exact, null, span('weeks', 78)).toFixed(5)).toBe('1.85797');
  });

  it('BG/NBD E[Y(39) | 2, 30.43, 38.86] = 1.226: Fader, Hardie and Lee 2005', () => {
    const history = { base: 'weeks', frequency: 2, recency: 30.43, age: 38.86 } as const;
    expect(expectedOrders(ROUNDED, history, WEEKS_39).toFixed(3)).toBe('1.226');
  });

  it('BG/NBD P(X(39) = 0) = .5737864 and P(X(2) = 10) = 1.07869e-7 at (.243, 4.414, .793, 2.426): BTYD manual', () => {
    expect(probabilityOfOrders(ROUNDED, null, WEEKS_39, 0).toFixed(7)).toBe('0.5737864');
    expect(probabilityOfOrders(ROUNDED, null, span('weeks', 2), 10)).toBeCloseTo(1.07869e-7, 12);
  });

  it('Pareto/NBD E[X(t)], t = 0 to 9, at (.55, 10.56, .61, 11.64): BTYD manual (rule 13)', () => {
    const model = paretoNbd([0.55, 10.56, 0.61, 11.64]);
    const published =
      '0 .05077821 .09916088 .14542507 .18979930 .23247466 .27361274 .31335159 .35181024 .38909211'.split(' ');
    for (const [t, printed] of published.entries())
      expect(expectedOrders(model, null, span('weeks', t)), `t ${t}`).toBeCloseTo(Number(printed), 8);
  });

  it('Pareto/NBD E[Y(52) | 26, 30.86, 31] = 25.46 at the fit (.5533, 10.578, .6062, 11.668), as BTYD’s manual computes it', () => {
    const model = paretoNbd([0.5532755, 10.5776114, 0.6062138, 11.6679195]);
    const history = { base: 'weeks', frequency: 26, recency: 30.86, age: 31 } as const;
    expect(expectedOrders(model, history, span('weeks', 52)).toFixed(2)).toBe('25.46');
  });
});

describe.skipIf(absent)(`Fader, Hardie and Shang 2010 ${SKIPPED}`, () => {
  it('BG/BB: P(active in 2002) .11 .59 .93 (table 6), expected total 2002-06 12,884.2, in-sample counts 3454.9 and 1253.1', () => {
    const model = fitBgBb(donations());
    if (!model.fitted) throw new Error(model.message);
    const at = (frequency: number, recency: number) => ({ base: 'years', frequency, recency, occasions: 6 }) as const;
    expect(probabilityActive(model, at(0, 0)).toFixed(4)).toBe('0.1081');
    expect(probabilityActive(model, at(2, 4)).toFixed(4)).toBe('0.5897');
    expect(probabilityActive(model, at(6, 6)).toFixed(4)).toBe('0.9304');
    const { frequency, recency, accounts } = donations();
    const total = frequency.reduce(
      (sum, x, i) => sum + accounts[i]! * expectedOrders(model, at(x, recency[i]!), span('years', 5)),
      0,
    );
    // the spreadsheet's parameters are rounded
    expect(Math.abs(total - 12884.16)).toBeLessThan(0.01);
    expect((11104 * probabilityOfOrders(model, null, span('years', 6), 0)).toFixed(1)).toBe('3454.9');
    expect((11104 * probabilityOfOrders(model, null, span('years', 6), 6)).toFixed(1)).toBe('1253.1');
  });
});
