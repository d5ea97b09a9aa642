import { describe, expect, it } from 'vitest';
import { day, domain, instant, integer, lookup, money, oneOf, percent, text } from './codecs.ts';

const euros = { currency: 'EUR', timeZone: 'Europe/Berlin' };
const yen = { currency: 'JPY', timeZone: 'Asia/Tokyo' };

describe('codecs', () => {
  it('T43 percent fields hold 12 for 12 %', () => {
    expect(percent.decode(12, euros)).toBe(0.12);
    expect(percent.decode(14.1, euros)).toBe(0.141);
    expect(percent.encode(0.12, euros)).toBe(12);
    expect(percent.encode(0.1234, euros)).toBe(12.3);
    expect(percent.encode(1e-7, euros)).toBe(0);
    for (let tenth = 0; tenth <= 1000; tenth += 1) {
      const share = Number(`${tenth}e-3`);
      expect(percent.decode(percent.encode(share, euros), euros)).toBe(share);
    }
  });

  it('T19 datetimes with an offset without colon are instants; days are never shifted', () => {
    expect(instant.decode('2026-05-01T07:25:37.000+0000', euros)).toBe(Date.UTC(2026, 4, 1, 7, 25, 37));
    expect(instant.decode('2026-05-01T07:25:37.000+0200', euros)).toBe(Date.UTC(2026, 4, 1, 5, 25, 37));
    expect(day.decode('2026-03-08', yen)).toBe('2026-03-08');
    expect(() => day.decode('2026-02-30', euros)).toThrow('is not a day');
  });

  it('money is whole minor units of the record', () => {
    expect(money.decode(1234.5, euros)).toEqual({ minor: 123450, currency: 'EUR' });
    expect(money.decode(1234, yen)).toEqual({ minor: 1234, currency: 'JPY' });
    expect(money.encode({ minor: -5, currency: 'EUR' }, euros)).toBe(-0.05);
    expect(() => money.decode('12', euros)).toThrow('is not an amount');
  });

  it('empty is nothing held, null clears', () => {
    for (const codec of [text, integer, day, instant, percent, money, domain]) {
      for (const raw of [null, undefined, '']) expect(codec.decode(raw, euros)).toBeNull();
      expect(codec.encode(null as never, euros)).toBeNull();
    }
  });

  it('T31 an owner that is a queue is no owner record; ids become 18 characters long', () => {
    const owner = lookup('User', '005');
    expect(owner.decode('00G4S000002sSac', euros)).toBeNull();
    expect(lookup('Account', '001').decode('0014S000007Ne8J', euros)).toBe('Account:0014S000007Ne8JQAS');
    expect(lookup('Account', '001').encode('Account:0014S000007Ne8JQAS', euros)).toBe('0014S000007Ne8JQAS');
  });

  it('a value of another type is refused without repeating it', () => {
    expect(() => integer.decode('seventy', euros)).toThrow(/^is not a whole number$/);
    expect(() => oneOf(['a', 'b']).decode('secret', euros)).toThrow(/^is not one of a, b$/);
  });

  it.each([
    ['https://www.Example.com/about?x=1', 'example.com'],
    ['example.org', 'example.org'],
    ['http://user@shop.example.com:8080/', 'shop.example.com'],
    ['www.example.com.', 'example.com'],
  ])('the domain of %s is %s', (raw, expected) => expect(domain.decode(raw, euros)).toBe(expected));
});
