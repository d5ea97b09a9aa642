import { expect, it } from 'vitest';
import { lastQuarter } from './fiscal-quarter.ts';

it('the quarter before, for fiscal years that start in January, February and December, by hand', () => {
  expect(lastQuarter('2026-06-30', 1)).toEqual({ from: '2026-01', to: '2026-03' });
  expect(lastQuarter('2026-07-01', 1)).toEqual({ from: '2026-04', to: '2026-06' });
  expect(lastQuarter('2026-01-15', 2)).toEqual({ from: '2025-08', to: '2025-10' });
  expect(lastQuarter('2026-02-01', 2)).toEqual({ from: '2025-11', to: '2026-01' });
  expect(lastQuarter('2026-11-30', 12)).toEqual({ from: '2026-06', to: '2026-08' });
});
