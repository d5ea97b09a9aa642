import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { fitStumps, type StumpFit, type StumpRows, type StumpSettings } from './fit-stumps.ts';
import { predictStumps, stepAt } from './step-table.ts';

const rowsOf = (x: readonly (readonly number[])[], outcome: readonly number[]): StumpRows => ({
  count: x.length,
  columns: x[0]?.length ?? 0,
  x: Float64Array.from(x.flat()),
  outcome: Uint8Array.from(outcome),
});

function fitted(rows: StumpRows, settings: StumpSettings = {}, seed = 1): StumpFit {
  const fit = fitStumps(rows, createRandom(seed), settings);
  if (!fit.fitted) throw new Error(fit.message);
  return fit;
}

/** A book of 2,000 rows whose true log-odds are a step in the first column and a step in whether the second is missing. */
function stepBook() {
  const random = createRandom(11);
  const x: number[][] = [];
  const outcome: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const a = random.uniform();
    const missing = random.uniform() < 0.3;
    x.push([a, missing ? Number.NaN : random.uniform(), random.normal(), 5]);
    const logOdds = -1 + (a > 0.6 ? 2 : 0) + (missing ? 1.5 : 0);
    outcome.push(random.uniform() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0);
  }
  return rowsOf(x, outcome);
}

describe('fitStumps', () => {
  it('one step of one whole Newton leaf: sum of y - p over sum of p (1 - p) plus ridge on each side (hand calculation)', () => {
    // base rate 1/2: every row has curvature 1/4, gradient +-1/2; the best cut leaves 1 of 4 below and 3 of 4 above
    const rows = rowsOf([[1], [1], [1], [1], [2], [2], [2], [2]], [1, 0, 0, 0, 1, 1, 1, 0]);
    const settings = { rounds: 1, shrinkage: 1, subsample: 1, ridge: 1, leafCurvature: 0.1 };
    const fit = fitted(rows, settings);
    expect(fit.tables[0]?.cuts).toEqual([1.5]);
    expect(fit.tables[0]?.values[0]).toBeCloseTo(-1 / (1 + 1), 12);
    expect(fit.tables[0]?.values[1]).toBeCloseTo(1 / (1 + 1), 12);
    expect(fit.intercept).toBeCloseTo(0, 12);
  });

  it('a column with one value or none: missing and known are told apart (hand calculation)', () => {
    const none = Number.NaN;
    const rows = rowsOf([[5], [5], [5], [5], [none], [none], [none], [none]], [1, 0, 0, 0, 1, 1, 1, 0]);
    const fit = fitted(rows, { rounds: 1, shrinkage: 1, subsample: 1, ridge: 1, leafCurvature: 0.1 });
    expect(fit.tables[0]?.values[0]).toBeCloseTo(-0.5, 12);
    expect(fit.tables[0]?.missing).toBeCloseTo(0.5, 12);
  });

  it("finds a step in a value and a step in being missing; noise and a constant stay small (the book's own truth)", () => {
    const rows = stepBook();
    const { tables } = fitted(rows, { rounds: 100 });
    const [step, gap, noise, constant] = tables;
    expect(stepAt(step!, 0.9) - stepAt(step!, 0.3)).toBeGreaterThan(1.5);
    expect(stepAt(step!, 0.9) - stepAt(step!, 0.3)).toBeLessThan(2.6);
    expect(stepAt(gap!, Number.NaN) - stepAt(gap!, 0.5)).toBeGreaterThan(1);
    expect(Math.abs(stepAt(noise!, 1) - stepAt(noise!, -1))).toBeLessThan(0.6);
    expect(constant).toEqual({ cuts: [], values: [0], missing: 0 });
    const rate = Array.from(rows.outcome).reduce((sum, it) => sum + it, 0) / rows.count;
    const risks = predictStumps(fitted(rows, { rounds: 100 }), rows.x).map((value) => 1 / (1 + Math.exp(-value)));
    expect(Math.abs(risks.reduce((sum, it) => sum + it, 0) / rows.count - rate)).toBeLessThan(0.005);
  });

  it('parts add up to the log-odds to 1e-9 for every row, and each table is 0 on average', () => {
    const rows = stepBook();
    const fit = fitted(rows);
    const logOdds = predictStumps(fit, rows.x);
    const sums = new Float64Array(rows.columns);
    logOdds.forEach((value, i) => {
      const parts = fit.tables.map((table, j) => stepAt(table, rows.x[i * rows.columns + j]!));
      expect(Math.abs(parts.reduce((sum, part) => sum + part, fit.intercept) - value)).toBeLessThan(1e-9);
      parts.forEach((part, j) => {
        sums[j] = sums[j]! + part;
      });
    });
    for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-8);
  });

  it('the same seed gives the same bytes, through JSON and back too; another seed another model', () => {
    const rows = stepBook();
    const once = JSON.stringify(fitted(rows, { rounds: 20 }));
    expect(JSON.stringify(fitted(rows, { rounds: 20 }))).toBe(once);
    expect(JSON.stringify(fitted(rows, { rounds: 20 }, 2))).not.toBe(once);
    expect(predictStumps(JSON.parse(once), rows.x)).toEqual(predictStumps(fitted(rows, { rounds: 20 }), rows.x));
  });

  it('rows given twice equal weights of 2, and their order does not matter (no subsample)', () => {
    const { x, outcome, columns, count } = stepBook();
    const settings = { rounds: 30, subsample: 1 };
    const doubled = fitted({ x, outcome, columns, count, weight: new Float64Array(count).fill(2) }, settings);
    const twice = Float64Array.from([...x, ...x]);
    const both = { x: twice, outcome: Uint8Array.from([...outcome, ...outcome]), columns, count: 2 * count };
    const reversed = Array.from({ length: count }, (_, i) => count - 1 - i);
    const turned = rowsOf(
      reversed.map((i) => Array.from(x.subarray(i * columns, (i + 1) * columns))),
      reversed.map((i) => outcome[i]!),
    );
    const plain = predictStumps(fitted({ x, outcome, columns, count }, settings), x);
    predictStumps(fitted(both, settings), x).forEach((value, i) => {
      expect(Math.abs(value - predictAt(doubled, x, i, columns))).toBeLessThan(1e-9);
    });
    predictStumps(fitted(turned, settings), x).forEach((value, i) => {
      expect(Math.abs(value - plain[i]!)).toBeLessThan(1e-9);
    });
  });

  it.each([
    ['no rows', rowsOf([], []), {}, 'no-rows'],
    ['one class', rowsOf([[1], [2]], [1, 1]), {}, 'one-class'],
    ['infinity', rowsOf([[1], [Number.NEGATIVE_INFINITY]], [0, 1]), {}, 'not-finite'],
    ['an outcome of 3', rowsOf([[1], [2]], [0, 3]), {}, 'out-of-range'],
    ['300 bins', rowsOf([[1], [2]], [0, 1]), { bins: 300 }, 'out-of-range'],
    ['a value too many', { ...rowsOf([[1], [2]], [0, 1]), columns: 2 }, {}, 'out-of-range'],
  ] as const)('refuses %s', (_, rows, settings, problem) => {
    expect(fitStumps(rows, createRandom(1), settings)).toMatchObject({ fitted: false, problem });
  });

  it('separated data stay finite; an aborted signal cancels', () => {
    const rows = rowsOf(
      Array.from({ length: 100 }, (_, i) => [i]),
      Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : 1)),
    );
    expect(predictStumps(fitted(rows, { rounds: 1000 }), rows.x).every(Number.isFinite)).toBe(true);
    const cancelled = fitStumps(rows, createRandom(1), {}, { signal: { aborted: true } });
    expect(cancelled).toMatchObject({ problem: 'cancelled' });
  });
});

function predictAt(model: StumpFit, x: Float64Array, i: number, columns: number): number {
  return predictStumps(model, x.slice(i * columns, (i + 1) * columns))[0]!;
}
