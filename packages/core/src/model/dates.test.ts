import { expect, test } from 'vitest';
import { addDays, dayInZone, daysBetween, formatInstant, parseDay, parseInstant } from './dates.ts';

test('instants are read with Z, with a colon in the offset and without one', () => {
  expect(parseInstant('1970-01-02T00:00:00Z')).toBe(86_400_000);
  expect(parseInstant('1970-01-01T01:00:00+01:00')).toBe(0);
  expect(parseInstant('2026-05-01T07:25:37.000+0000')).toBe(1_777_620_337_000);
  expect(formatInstant(0)).toBe('1970-01-01T00:00:00.000Z');
});

test('what is not an instant is null, never a guess in the local zone', () => {
  for (const text of [
    '',
    '2026-05-01',
    '2026-05-01T07:25:37',
    '2026-13-01T00:00:00Z',
    '2026-02-29T09:00:00Z',
    'yesterday',
  ]) {
    expect(parseInstant(text), text).toBeNull();
  }
});

test('a day must exist', () => {
  expect(parseDay('2024-02-29')).toBe('2024-02-29');
  expect(parseDay('2026-02-29')).toBeNull();
  expect(parseDay('2026-2-9')).toBeNull();
});

test('days are counted across leap days and daylight saving alike', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});

test('an instant falls on the day of the zone that is named', () => {
  const at = Date.parse('2026-03-28T23:30:00Z');
  expect(dayInZone(at, 'UTC')).toBe('2026-03-28');
  expect(dayInZone(at, 'Europe/Berlin')).toBe('2026-03-29');
  expect(dayInZone(at, 'America/Los_Angeles')).toBe('2026-03-28');
});
