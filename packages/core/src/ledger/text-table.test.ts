import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../test/property-runs.ts';
import { openTextTable } from './text-table.ts';

describe('a table of texts', () => {
  it('gives each text one number, in order, and the text back: any code units, empty ones, prefixes of others', () => {
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 0x41, 0xfe, 0xff, 0x100, 0xff00, 0xd800),
    );
    const text = fc.array(unit, { maxLength: 6 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), (all) => {
        const table = openTextTable();
        const known = new Map<string, number>();
        for (const it of all) {
          expect(table.find(it)).toBe(known.get(it) ?? -1);
          if (!known.has(it)) known.set(it, known.size);
          expect(table.number(it)).toBe(known.get(it));
          expect(table.size).toBe(known.size);
        }
        for (const [it, number] of known) expect(table.text(number)).toBe(it);
      }),
      { numRuns: PROPERTY_RUNS },
    );
  });

  it('holds 200,000 like keys apart, through every widening', () => {
    const table = openTextTable();
    for (let i = 0; i < 200_000; i += 1) if (table.number(`key ${i}`) !== i) throw new Error(`${i}`);
    for (let i = 0; i < 200_000; i += 997) expect([table.find(`key ${i}`), table.text(i)]).toEqual([i, `key ${i}`]);
    expect(table.find('key 200000')).toBe(-1);
  });
});
