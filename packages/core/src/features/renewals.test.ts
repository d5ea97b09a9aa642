import { describe, expect, it } from 'vitest';
import type { Contract } from '../model/types.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import type { FeatureContext } from './feature.ts';
import { renewals } from './renewals.ts';

const on = (today: string, ...terms: readonly (readonly [string | null, string | null])[]) =>
  renewals.compute(
    { contracts: terms.map(([startsOn, endsOn]) => ({ startsOn, endsOn }) as Contract) } as unknown as AccountSlice,
    { today } as FeatureContext,
  );
const year = (n: number) => [`${n}-01-01`, `${n}-12-31`] as const;

describe('renewals', () => {
  it('three years in a row are two renewals; the one that has not begun does not count', () => {
    expect(on('2026-06-01', year(2024), year(2026), year(2025))).toBe(2);
    expect(on('2025-06-01', year(2024), year(2026), year(2025))).toBe(1);
    expect(on('2024-06-01', year(2024))).toBe(0);
  });

  it('a term that begins a month early or some weeks late follows; one that runs beside the first does not', () => {
    expect(on('2026-06-01', year(2025), ['2025-12-02', '2026-12-01'])).toBe(1);
    expect(on('2026-06-01', year(2025), ['2026-02-10', '2027-02-09'])).toBe(1);
    expect(on('2026-06-01', year(2025), ['2025-07-01', '2026-06-30'])).toBe(0);
  });

  it('nothing begun, or no start known: not known; a first term without end goes on', () => {
    expect(on('2026-06-01')).toBeNull();
    expect(on('2026-06-01', [null, '2026-12-31'], year(2027))).toBeNull();
    expect(on('2026-06-01', ['2024-01-01', null], year(2025))).toBe(0);
  });
});
