import { expect, it } from 'vitest';
import { computeDerivatives } from './cox-derivatives.ts';
import { arrangeCoxRows } from './cox-rows.ts';
import { computeTerms, emptyTerms } from './cox-terms.ts';

it('a row with e^50 times the risk of the others leaves no rounding errors behind once it was not yet watched (hand calculation)', () => {
  // events at 1 and 2 among three and two equal rows; the great risk comes under watch at 3 and has its event at 4
  const spells = { entry: [0, 0, 3, 0], time: [1, 2, 4, 5], event: [1, 1, 1, 0] };
  const scale = { means: new Float64Array(2), deviations: Float64Array.of(1, 1) };
  const rows = arrangeCoxRows(spells, { names: ['great', 'x'], values: [0, 1, 0, 0, 1, 0, 0, 0] }, scale);
  const terms = emptyTerms(rows, 'efron');
  expect(computeTerms(rows, Float64Array.of(50, 0), terms)).toBeCloseTo(-Math.log(6), 12);
  const { gradient, information } = computeDerivatives(rows, terms);
  // x is 1 for the first event alone: 1 - 1/3, and 1/3 (1 - 1/3)
  expect(gradient[0]).toBeCloseTo(0, 12);
  expect(gradient[1]).toBeCloseTo(2 / 3, 12);
  expect(information[3]).toBeCloseTo(2 / 9, 12);
});
