import { expect, it } from 'vitest';
import { startOfDay } from './start-of-day.ts';

// offsets from the IANA time zone database
it.each([
  ['2026-01-15', 'UTC', '2026-01-15T00:00:00Z'],
  ['2026-01-15', 'America/New_York', '2026-01-15T05:00:00Z'],
  ['2026-07-15', 'America/New_York', '2026-07-15T04:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
  // the clocks skip midnight: the day begins at one
  ['2024-10-06', 'America/Asuncion', '2024-10-06T04:00:00Z'],
  ['2024-03-31', 'Atlantic/Azores', '2024-03-31T01:00:00Z'],
  ['2026-05-01', 'Asia/Kolkata', '2026-04-30T18:30:00Z'],
])('%s in %s begins at %s', (day, zone, at) => expect(startOfDay(day, zone)).toBe(Date.parse(at)));
