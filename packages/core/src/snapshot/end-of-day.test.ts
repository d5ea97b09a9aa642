import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromNumber, dayInZone } from '../model/dates.ts';
import { endOfDay } from './end-of-day.ts';

describe('the end of a civil day', () => {
  it('is the last millisecond in the named zone, on days of 23 and 25 hours too (EU summer time 2026)', () => {
    expect(new Date(endOfDay('2026-01-31', 'UTC')).toISOString()).toBe('2026-01-31T23:59:59.999Z');
    expect(new Date(endOfDay('2026-03-29', 'Europe/Vienna')).toISOString()).toBe('2026-03-29T21:59:59.999Z');
    expect(new Date(endOfDay('2026-10-25', 'Europe/Vienna')).toISOString()).toBe('2026-10-25T22:59:59.999Z');
    expect(new Date(endOfDay('2026-01-31', 'Pacific/Kiritimati')).toISOString()).toBe('2026-01-31T09:59:59.999Z');
    expect(new Date(endOfDay('2026-01-31', 'Pacific/Pago_Pago')).toISOString()).toBe('2026-02-01T10:59:59.999Z');
  });

  it('the next millisecond is the next day', () => {
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), zones, (number, zone) => {
        const end = endOfDay(dayFromNumber(number), zone);
        expect([dayInZone(end, zone), dayInZone(end + 1, zone)]).toEqual([
          dayFromNumber(number),
          dayFromNumber(number + 1),
        ]);
      }),
    );
  });
});
