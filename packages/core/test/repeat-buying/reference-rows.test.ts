import { describe, expect, it } from 'vitest';
import { expectedOrderValue } from '../../src/retention/repeat-buying/gamma-gamma/predict.ts';
import {
  expectedOrders,
  meanChances,
  probabilityActive,
  probabilityOfOrders,
  residualOrders,
} from '../../src/retention/repeat-buying/predict.ts';
import { span } from '../../src/retention/repeat-buying/time-base.ts';
import { bgBb, bgNbd, paretoNbd } from './given-models.ts';
import { absent, btyd, type ReferenceRow, SKIPPED } from './shared-data.ts';

/** Six digits: the reference was computed at the parameters it prints, rounded to seven decimals. */
function toSixDigits(actual: number, expected: number, what: string) {
  expect(Math.abs(actual - expected), what).toBeLessThanOrEqual(5e-7 * Math.max(Math.abs(expected), 1e-3));
}

const history = (row: ReferenceRow) => ({
  base: 'weeks' as const,
  frequency: row['x']!,
  recency: row['t.x']!,
  age: row['T.cal']!,
});

describe.skipIf(absent)(`R BTYD 2.4.3 at the file's own parameters ${SKIPPED}`, () => {
  it('BG/NBD: P(active) and expected orders in 39 weeks of 60 accounts, E[X(t)] and the 21 chances of a count', () => {
    const { params, rows, expectation, pmf_t39 } = btyd().bgnbd;
    const model = bgNbd([params['r']!, params['alpha']!, params['a']!, params['b']!]);
    expect(rows.length).toBe(60);
    for (const [i, row] of rows.entries()) {
      toSixDigits(probabilityActive(model, history(row)), row['p_alive']!, `row ${i}`);
      toSixDigits(expectedOrders(model, history(row), span('weeks', 39)), row['ce39']!, `row ${i}`);
    }
    for (const { t, EX } of expectation) toSixDigits(expectedOrders(model, null, span('weeks', t)), EX, `t ${t}`);
    for (const [x, p] of pmf_t39.entries())
      toSixDigits(probabilityOfOrders(model, null, span('weeks', 39), x), p, `x ${x}`);
  });

  it('Pareto/NBD: P(active), expected orders in 39 weeks and residual orders of 60 accounts, E[X(t)]', () => {
    const { params, rows, expectation } = btyd().pnbd;
    const model = paretoNbd([params['r']!, params['alpha']!, params['s']!, params['beta']!]);
    expect(rows.length).toBe(60);
    // the reference's rate is continuous
    const discount = { base: 'weeks', perPeriod: Math.expm1(0.0027) } as const;
    for (const [i, row] of rows.entries()) {
      toSixDigits(probabilityActive(model, history(row)), row['p_alive']!, `row ${i}`);
      toSixDigits(expectedOrders(model, history(row), span('weeks', 39)), row['ce39']!, `row ${i}`);
      toSixDigits(residualOrders(model, history(row), discount), row['DERT_d0.0027']!, `row ${i}`);
    }
    for (const { t, EX } of expectation) toSixDigits(expectedOrders(model, null, span('weeks', t)), EX, `t ${t}`);
  });

  it('BG/BB: P(active in 2002), expected orders in 5 years, posterior means and residual orders of the 22 cells', () => {
    const { params, rows } = btyd().bgbb;
    const model = bgBb([params['alpha']!, params['beta']!, params['gamma']!, params['delta']!]);
    expect(rows.length).toBe(22);
    for (const row of rows) {
      const cell = { base: 'years', frequency: row['x']!, recency: row['t.x']!, occasions: row['n.cal']! } as const;
      const what = `x ${row['x']} t_x ${row['t.x']}`;
      const means = meanChances(model, cell);
      toSixDigits(probabilityActive(model, cell), row['p_alive_at7']!, what);
      toSixDigits(expectedOrders(model, cell, span('years', 5)), row['ce5']!, what);
      toSixDigits(means.order, row['post_mean_p']!, what);
      toSixDigits(means.dropOut, row['post_mean_theta']!, what);
      toSixDigits(residualOrders(model, cell, { base: 'years', perPeriod: 0.1 }), row['DERT_d0.1']!, what);
    }
  });

  it('Gamma-Gamma: the expected order value of 40 accounts; the first is 24.66 (rule 13), then 18.91, 35.17', () => {
    const { params, rows } = btyd().gammagamma;
    const parameters = { p: params['p']!, q: params['q']!, gamma: params['gamma']! };
    for (const [i, row] of rows.entries())
      toSixDigits(expectedOrderValue({ parameters }, row['x']!, row['zbar']!)!, row['expected']!, `row ${i}`);
    expect(expectedOrderValue({ parameters }, 2, 22.35)!.toFixed(2)).toBe('24.66');
    expect(expectedOrderValue({ parameters }, 0, 0)!.toFixed(2)).toBe('35.17');
  });
});
