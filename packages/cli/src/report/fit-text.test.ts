import { describe, expect, test } from 'vitest';
import { apart, fitName, textWidth } from './fit-text.ts';

describe('names in a picture', () => {
  test('a name that fits stays as it is; a longer one ends with an ellipsis and fits', () => {
    expect(fitName('Acme', 200)).toBe('Acme');
    const cut = fitName('Gesellschaft für Maschinen- und Anlagenbau', 120);
    expect(cut).toMatch(/^Gesellschaft.*…$/);
    expect(textWidth(cut)).toBeLessThanOrEqual(120);
  });

  test('wide letters take more room: W more than i, a Chinese letter more than a Latin one', () => {
    expect(textWidth('WWW')).toBeGreaterThan(textWidth('iii') * 2);
    expect(textWidth('日本')).toBeGreaterThan(textWidth('ab'));
    expect(fitName('W'.repeat(40), 120).length).toBeLessThan(fitName('i'.repeat(40), 120).length);
  });

  test('from right to left: set apart, and cut within what is set apart', () => {
    expect(apart('حديقة')).toBe('\u2068حديقة\u2069');
    expect(fitName('حديقة الورد للتجارة والصناعة', 90)).toMatch(/^\u2068.*…\u2069$/u);
  });

  test('marks that would turn the text around them are taken out', () => {
    expect(apart('Acme\u202e Ltd')).toBe('Acme Ltd');
  });

  test('nothing is cut in the middle of what is one letter to a reader', () => {
    const family = '👨‍👩‍👧';
    expect(fitName(family.repeat(9), 100)).toMatch(new RegExp(`^(${family})*…$`, 'u'));
  });

  test('no room at all: an ellipsis alone', () => {
    expect(fitName('Acme', 5)).toBe('…');
  });
});
