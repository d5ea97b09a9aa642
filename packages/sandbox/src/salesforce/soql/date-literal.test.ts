import { describe, expect, it } from 'vitest';
import { dateLiteral, dayIn, startOfDay } from './date-literal.ts';

// Sunday, the first of November 2026; expected ranges counted by hand from the vendor's table of date literals.
const today = '2026-11-01';

describe('SOQL date literals', () => {
  it.each([
    ['TODAY', '2026-11-01', '2026-11-02'],
    ['YESTERDAY', '2026-10-31', '2026-11-01'],
    ['LAST_N_DAYS:7', '2026-10-25', '2026-11-02'],
    ['NEXT_N_DAYS:2', '2026-11-02', '2026-11-04'],
    ['N_DAYS_AGO:3', '2026-10-29', '2026-10-30'],
    ['THIS_WEEK', '2026-11-01', '2026-11-08'],
    ['LAST_WEEK', '2026-10-25', '2026-11-01'],
    ['THIS_MONTH', '2026-11-01', '2026-12-01'],
    ['LAST_N_MONTHS:2', '2026-09-01', '2026-11-01'],
    ['THIS_QUARTER', '2026-10-01', '2027-01-01'],
    ['LAST_QUARTER', '2026-07-01', '2026-10-01'],
    ['NEXT_N_QUARTERS:2', '2027-01-01', '2027-07-01'],
    ['LAST_YEAR', '2025-01-01', '2026-01-01'],
    ['N_YEARS_AGO:2', '2024-01-01', '2025-01-01'],
    ['LAST_90_DAYS', '2026-08-03', '2026-11-02'],
  ])('%s is from %s to %s', (literal, from, to) => {
    expect(dateLiteral(literal, today, 1)).toEqual({ from, to });
  });

  it('fiscal spans start in the org’s own month', () => {
    expect(dateLiteral('THIS_FISCAL_YEAR', today, 2)).toEqual({ from: '2026-02-01', to: '2027-02-01' });
    expect(dateLiteral('THIS_FISCAL_QUARTER', today, 2)).toEqual({ from: '2026-11-01', to: '2027-02-01' });
    expect(dateLiteral('LAST_FISCAL_YEAR', '2026-01-15', 2)).toEqual({ from: '2024-02-01', to: '2025-02-01' });
  });

  it('a day is the user’s own, also when the clocks change', () => {
    expect(dayIn('Asia/Tokyo', Date.parse('2026-11-01T15:00:00Z') / 1000)).toBe('2026-11-02');
    expect(startOfDay('Asia/Tokyo', '2026-11-02')).toBe(Date.parse('2026-11-01T15:00:00Z') / 1000);
    expect(startOfDay('America/Los_Angeles', '2026-11-01')).toBe(Date.parse('2026-11-01T07:00:00Z') / 1000);
    expect(startOfDay('America/Los_Angeles', '2026-11-02')).toBe(Date.parse('2026-11-02T08:00:00Z') / 1000);
  });

  it('anything else is none', () => {
    expect(dateLiteral('SOMEDAY', today, 1)).toBeUndefined();
  });
});
