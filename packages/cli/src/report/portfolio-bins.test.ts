import { expect, test } from 'vitest';
import { portfolioBins } from './portfolio-bins.ts';

test('every account is in one cell that holds its worth and score; a score of 100 is in the topmost row', () => {
  const accounts = [
    { worth: 1000, healthScore: 0 },
    { worth: 1001, healthScore: 4 },
    { worth: 1000, healthScore: 5 },
    { worth: 99_999, healthScore: 100 },
    { worth: 0.5, healthScore: 99 },
  ];
  const bins = portfolioBins(accounts);
  expect(bins.map(({ accounts: n }) => n)).toEqual([2, 1, 1, 1]);
  for (const { worth, healthScore } of accounts) {
    const around = bins.filter(
      (bin) =>
        worth >= bin.worthFrom * (1 - 1e-9) &&
        worth < bin.worthTo &&
        healthScore >= bin.scoreFrom &&
        (healthScore < bin.scoreTo || bin.scoreTo === 100),
    );
    expect(around).toHaveLength(1);
  }
});

test('cells are equally wide on a logarithmic scale: eight a decade', () => {
  const [bin] = portfolioBins([{ worth: 1000, healthScore: 50 }]);
  expect((bin?.worthTo ?? 0) / (bin?.worthFrom ?? 1)).toBeCloseTo(10 ** 0.125, 12);
});

test('an empty book has no cell', () => expect(portfolioBins([])).toEqual([]));
