import { expect, it } from 'vitest';
import { cohortRetention } from './cohort-retention.ts';

const accounts = [
  { accountId: 'account:1', startedIn: '2026-01', activeIn: ['2026-01', '2026-02', '2026-03', '2026-04'] },
  { accountId: 'account:2', startedIn: '2026-01', activeIn: ['2026-01', '2026-03'] },
  { accountId: 'account:3', startedIn: '2026-02', activeIn: ['2026-02', '2026-04'] },
];

it('bounded and rolling differ where an account pauses; cells whose month is not over are masked, by hand', () => {
  const of = (kind: 'bounded' | 'rolling') =>
    cohortRetention(accounts, { kind, months: 4, lastWholeMonth: '2026-03' }).map((row) => [
      row.cohort,
      row.size,
      ...row.cells.map((it) => it.value),
    ]);
  // January: in February one of two is active, but the other comes back in March. April is not over.
  expect(of('bounded')).toEqual([
    ['2026-01', 2, 1, 0.5, 1, null],
    ['2026-02', 1, 1, 0, null, null],
  ]);
  // The third account's April is not over, so it says nothing yet of March "or later".
  expect(of('rolling')).toEqual([
    ['2026-01', 2, 1, 1, 1, null],
    ['2026-02', 1, 1, 0, null, null],
  ]);
});
