import { type CodecContext, parseInstant } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import {
  amount,
  day,
  dueDay,
  flag,
  held,
  idOf,
  instant,
  integer,
  mergedIds,
  money,
  number,
  oneOf,
  text,
} from './codecs.ts';

const berlin: CodecContext = { currency: 'EUR', timeZone: 'Europe/Berlin' };
const at = (timeZone: string): CodecContext => ({ currency: 'USD', timeZone });

describe('T31 values are text, null or ""', () => {
  test('nothing held reads as null in every codec', () => {
    for (const codec of [text, number, integer, flag, instant, day, money, idOf('company'), oneOf(['a'])]) {
      for (const raw of [undefined, null, '']) expect(codec.decode(raw, berlin)).toBeNull();
      expect(codec.encode(null, berlin)).toBe('');
    }
    expect(held(0)).toBe('0');
  });
  test('numbers as real portals hold them', () => {
    expect(number.decode('1e3', berlin)).toBe(1000);
    expect(number.decode('12.50', berlin)).toBe(12.5);
    expect(integer.decode('12.0', berlin)).toBe(12);
    for (const bad of ['about 12', '12,5', '0x10', 'NaN', 'Infinity']) {
      expect(() => number.decode(bad, berlin)).toThrow(TypeError);
    }
    expect(() => integer.decode('12.5', berlin)).toThrow('not a whole number');
  });
  test('a reason repeats no value', () => {
    expect(() => number.decode('secret words', berlin)).toThrow(/^not a number$/);
    expect(() => oneOf(['healthy']).decode('secret', berlin)).toThrow(/^not one of the known options$/);
  });
  test('checkboxes', () => {
    expect([flag.decode('true', berlin), flag.decode('FALSE', berlin)]).toEqual([true, false]);
    expect(flag.encode(false, berlin)).toBe('false');
    expect(() => flag.decode('yes', berlin)).toThrow(TypeError);
  });
});

describe('T32 date against datetime', () => {
  test('instants with and without milliseconds, and milliseconds as text', () => {
    expect(instant.decode('2022-02-17T18:54:22.300Z', berlin)).toBe(Date.UTC(2022, 1, 17, 18, 54, 22, 300));
    expect(instant.decode('2022-02-17T18:54:22Z', berlin)).toBe(Date.UTC(2022, 1, 17, 18, 54, 22));
    expect(instant.decode('1645124062300', berlin)).toBe(1645124062300);
    expect(instant.decode('1645124062300.0', berlin)).toBe(1645124062300);
    expect(() => instant.decode('yesterday', berlin)).toThrow(TypeError);
  });
  test('a date property is the day itself in every zone', () => {
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC']) {
      expect(day.decode('2026-03-01', at(zone))).toBe('2026-03-01');
      expect(day.decode(String(Date.UTC(2026, 2, 1)), at(zone))).toBe('2026-03-01');
    }
  });
  test("a datetime falls on the day of the portal's zone", () => {
    expect(day.decode('2026-03-01T23:30:00Z', berlin)).toBe('2026-03-02');
    expect(day.decode('2026-03-01T00:00:00Z', at('America/New_York'))).toBe('2026-02-28');
    expect(() => day.decode('2026-02-30', berlin)).toThrow(TypeError);
  });
  test.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata', 'Europe/Berlin', 'Pacific/Pago_Pago'])(
    'a due day comes back as written in %s, also on the days when the clocks change',
    (zone) => {
      for (const due of ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2024-02-29', '2026-12-31']) {
        expect(dueDay.decode(dueDay.encode(due, at(zone)), at(zone))).toBe(due);
      }
    },
  );
  test('a due day is nine in the morning there (hand calculation: Berlin is two hours ahead of UTC in July)', () => {
    expect(parseInstant(String(dueDay.encode('2026-07-01', berlin)))).toBe(Date.UTC(2026, 6, 1, 7));
  });
});

describe('T35 money', () => {
  test('an amount takes the currency of the portal unless one stands beside it', () => {
    expect(money.decode('1234.5', berlin)).toEqual({ minor: 123450, currency: 'EUR' });
    expect(amount('100', 'jpy')).toEqual({ minor: 100, currency: 'JPY' });
    expect(money.encode({ minor: -5, currency: 'EUR' }, berlin)).toBe('-0.05');
    expect(() => money.decode('a lot', berlin)).toThrow('not an amount of money');
  });
});

describe('ids', () => {
  test('an id is qualified when read and bare when written', () => {
    expect(idOf('owner').decode('71200411', berlin)).toBe('owner:71200411');
    expect(idOf('owner').encode('owner:71200411', berlin)).toBe('71200411');
  });
  test('T23 merged ids are separated by semicolons, or one bare number', () => {
    expect(mergedIds('1;22; 333;')).toEqual(['1', '22', '333']);
    expect(mergedIds(44)).toEqual(['44']);
    expect(mergedIds(null)).toEqual([]);
    expect(mergedIds('12:1645124062300')).toEqual([]);
  });
});
