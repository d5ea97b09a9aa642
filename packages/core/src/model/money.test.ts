import { expect, test } from 'vitest';
import { currencyDecimals, moneyFromDecimal, moneyToDecimal } from './money.ts';

test('a decimal becomes minor units by the currency, as ISO 4217 lists them', () => {
  expect(moneyFromDecimal('1234.50', 'EUR')).toEqual({ minor: 123_450, currency: 'EUR' });
  expect(moneyFromDecimal('1234', 'JPY')).toEqual({ minor: 1234, currency: 'JPY' });
  expect(moneyFromDecimal('1.2345', 'KWD')).toEqual({ minor: 1235, currency: 'KWD' });
  expect(currencyDecimals('CLF')).toBe(4);
});

test('exponents, signs and bare fractions are numbers too; half a minor unit rounds away from zero', () => {
  expect(moneyFromDecimal('1e3', 'EUR')?.minor).toBe(100_000);
  expect(moneyFromDecimal('2.5E-2', 'EUR')?.minor).toBe(3);
  expect(moneyFromDecimal('-0.005', 'EUR')?.minor).toBe(-1);
  expect(moneyFromDecimal('.1', 'EUR')?.minor).toBe(10);
  expect(moneyFromDecimal(0.1 + 0.2, 'EUR')?.minor).toBe(30);
  expect(Object.is(moneyFromDecimal('-0', 'EUR')?.minor, 0)).toBe(true);
});

test('text that is not a number, and amounts too large to be exact, are null', () => {
  for (const text of ['', ' ', 'n/a', '1,000', '1e', '.', '0x10', 'Infinity', '90071992547409.93']) {
    expect(moneyFromDecimal(text, 'EUR'), text).toBeNull();
  }
});

test('money goes back to the same decimal', () => {
  expect(moneyToDecimal({ minor: 123_450, currency: 'EUR' })).toBe('1234.50');
  expect(moneyToDecimal({ minor: -5, currency: 'EUR' })).toBe('-0.05');
  expect(moneyToDecimal({ minor: 7, currency: 'JPY' })).toBe('7');
  expect(moneyToDecimal({ minor: 7, currency: 'BHD' })).toBe('0.007');
});
