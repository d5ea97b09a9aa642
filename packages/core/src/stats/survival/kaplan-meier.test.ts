import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitKaplanMeier } from './kaplan-meier.ts';
import type { Spells } from './spells.ts';
import { type SurvivalCurve, survivalAt } from './survival-curve.ts';
import { survivalQuantile } from './survival-quantile.ts';

function curveOf(spells: Spells): SurvivalCurve {
  const curve = fitKaplanMeier(spells);
  if (!curve.fitted) throw new Error(curve.message);
  return curve;
}

const spell = fc.record({
  time: fc.integer({ min: 1, max: 20 }),
  event: fc.constantFrom(0, 1),
  wait: fc.integer({ min: 1, max: 8 }),
  copies: fc.integer({ min: 1, max: 4 }),
});
type Row = { time: number; event: number; wait: number; copies: number };
const columns = (rows: readonly Row[]) => ({
  time: rows.map(({ time }) => time),
  event: rows.map(({ event }) => event),
  entry: rows.map(({ time, wait }) => time - wait),
});

describe('Kaplan-Meier', () => {
  it('6-MP arm of Freireich et al. 1963: S .8571 .8067 .7529 .6902 .6275 .5378 .4482, se .0764 .0869 .0963 .1068 .1141 .1282 .1346 (Klein and Moeschberger 2003, table 4.1B)', () => {
    const time = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
    const event = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];
    const curve = curveOf({ time, event });
    const at = [6, 7, 10, 13, 16, 22, 23].map((week) => survivalAt(curve, week));
    expect(at.map(({ survival }) => survival.toFixed(4))).toEqual(
      '.8571 .8067 .7529 .6902 .6275 .5378 .4482'.split(' ').map((s) => `0${s}`),
    );
    expect(at.map(({ standardError }) => standardError?.toFixed(4))).toEqual(
      '.0764 .0869 .0963 .1068 .1141 .1282 .1346'.split(' ').map((s) => `0${s}`),
    );
    expect(survivalAt(curve, 5.9)).toEqual({ survival: 1, standardError: 0, lower: 1, upper: 1 });
  });

  it('one row with an event falls to 0, without an interval there (hand calculation)', () => {
    expect(curveOf({ time: [3], event: [1] })).toMatchObject({ survival: [0], standardError: [null], lower: [null] });
  });

  it('no events: the curve stays at 1 and has no median (hand calculation)', () => {
    const curve = curveOf({ time: [3, 4], event: [0, 0] });
    expect(curve.survival).toEqual([1, 1]);
    expect(survivalQuantile(curve)).toEqual({ time: null, lower: null, upper: null });
  });

  it('runs flat at one half: the median is the middle of the flat piece (hand calculation)', () => {
    expect(survivalQuantile(curveOf({ time: [1, 2, 5, 9], event: [1, 1, 1, 1] })).time).toBe(3.5);
  });

  it.each([
    ['no-rows', { time: [], event: [] }, {}],
    ['not-finite', { time: [1, Number.NaN], event: [1, 0] }, {}],
    ['out-of-range', { time: [1, 2], event: [1, 2] }, {}],
    ['out-of-range', { time: [1, 2], event: [1] }, {}],
    ['out-of-range', { time: [1, 2], event: [1, 0], entry: [0, 2] }, {}],
    ['out-of-range', { time: [1, 2], event: [1, 0], weight: [0, 1] }, {}],
    ['out-of-range', { time: [1, 2], event: [1, 0] }, { level: 1 }],
  ] as const)('refused: %s, %j %j', (problem, spells, options) => {
    const refusal = fitKaplanMeier(spells, options);
    expect(refusal).toMatchObject({ fitted: false, problem });
    expect('message' in refusal && refusal.message.length).toBeGreaterThan(10);
  });

  it('the order of the rows does not matter, and copies equal weights, late entries included (property)', () => {
    fc.assert(
      fc.property(fc.array(spell, { minLength: 1, maxLength: 25 }), (rows) => {
        const weighted = curveOf({ ...columns(rows), weight: rows.map(({ copies }) => copies) });
        const copied = rows.flatMap((row) => Array.from({ length: row.copies }, () => row)).reverse();
        const { rows: _, ...expected } = weighted;
        expect(curveOf(columns(copied))).toMatchObject(expected);
      }),
    );
  });
});
