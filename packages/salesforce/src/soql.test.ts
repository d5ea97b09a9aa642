import { describe, expect, it } from 'vitest';
import { chunks, instantLiteral, join, name, soql } from './soql.ts';

describe('soql', () => {
  it('T30 escapes quotes, backslashes and line breaks', () => {
    expect(soql`Name = ${'O\'Hara \\ \n\t"'}`.soql).toBe("Name = 'O\\'Hara \\\\ \\n\\t\\\"'");
    expect(soql`Name = ${"x' OR Name != '"}`.soql).toBe("Name = 'x\\' OR Name != \\''");
  });

  it('T29 lists are bracketed; an empty one is refused, never dropped', () => {
    expect(soql`Id IN ${['001', "0'2"]}`.soql).toBe("Id IN ('001','0\\'2')");
    expect(() => soql`Id IN ${[]}`).toThrow(RangeError);
    expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunks([], 2)).toEqual([]);
  });

  it('T19 datetimes are unquoted, in UTC, and whole seconds that hide nothing', () => {
    const at = Date.UTC(2026, 0, 31, 9, 0, 0);
    expect(soql`SystemModstamp >= ${instantLiteral(at, 'lower')}`.soql).toBe('SystemModstamp >= 2026-01-31T09:00:00Z');
    expect(instantLiteral(at + 999, 'lower').soql).toBe('2026-01-31T09:00:00Z');
    expect(instantLiteral(at, 'upper').soql).toBe('2026-01-31T09:00:00Z');
    expect(instantLiteral(at + 1, 'upper').soql).toBe('2026-01-31T09:00:01Z');
  });

  it('keywords for null, booleans and numbers', () => {
    expect(soql`a = ${null} AND b = ${true} AND c = ${1.5}`.soql).toBe('a = NULL AND b = TRUE AND c = 1.5');
  });

  it('names are names and nothing else', () => {
    expect(name('Product2.Name').soql).toBe('Product2.Name');
    expect(name('ns__Field__c').soql).toBe('ns__Field__c');
    for (const bad of ['Id FROM Account', "x'", '', 'a..b', '1a']) expect(() => name(bad)).toThrow(RangeError);
  });

  it('joins what is there', () => {
    expect(join([name('A'), null, { soql: '' }, name('B')], ' AND ').soql).toBe('A AND B');
  });
});
