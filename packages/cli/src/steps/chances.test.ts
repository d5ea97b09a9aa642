import { expect, test } from 'vitest';
import { chancesOf } from './chances.ts';

const cards = { contract: { verdict: 'passes' as const, on: '2026-01-31' } };

test.each([
  [
    'points alone',
    { assumed: 9, learned: 0, proved: 0 },
    /^The chances of loss are assumptions until an accuracy card has passed\. /,
  ],
  [
    'learned, not proved',
    { assumed: 1, learned: 8, proved: 0 },
    /are assumptions .*, even where outcomes of this book have moved them\. /,
  ],
  ['one model proved', { assumed: 1_200, learned: 0, proved: 4 }, /^1,200 of the chances of loss are assumptions /],
])('%s: assumptions, with what the cards said', (_title, basis, says) => {
  const { proved, note } = chancesOf({ basis, cards });
  expect(proved).toBe(false);
  expect(note).toMatch(says);
  expect(note).toContain('Accuracy card: contract accounts, passed (2026-01-31).');
});

test('all proved: nothing to warn of', () => {
  const basis = { assumed: 0, learned: 0, proved: 9 };
  expect(chancesOf({ basis, cards })).toEqual({ proved: true, basis, cards, note: null });
});
