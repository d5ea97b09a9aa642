import { describe, expect, it } from 'vitest';
import { fitKaplanMeier } from './kaplan-meier.ts';
import { expandPersonPeriods } from './person-periods.ts';

describe('person-periods', () => {
  it('a loss in month 3, two months watched, and one that came in month 2 (hand calculation)', () => {
    const rows = expandPersonPeriods({ time: [3, 2.5, 4], event: [1, 0, 1], entry: [0, 0, 1] });
    expect(rows).toMatchObject({
      count: 8,
      row: Uint32Array.of(0, 0, 0, 1, 1, 2, 2, 2),
      period: Uint32Array.of(1, 2, 3, 1, 2, 2, 3, 4),
      event: Uint8Array.of(0, 0, 1, 0, 0, 0, 0, 1),
    });
  });

  it('days in periods of 30: day 45 falls into the second (hand calculation)', () => {
    const rows = expandPersonPeriods({ time: [45, 60], event: [2, 0] }, 30, 2);
    expect(rows).toMatchObject({ period: Uint32Array.of(1, 2, 1, 2), event: Uint8Array.of(0, 2, 0, 0) });
  });

  it('a period entered halfway is left out (hand calculation)', () => {
    expect(expandPersonPeriods({ time: [3], event: [0], entry: [0.5] })).toMatchObject({
      period: Uint32Array.of(2, 3),
    });
  });

  it('shares of events by period multiply to Kaplan-Meier (Allison 1982)', () => {
    const spells = { time: [1, 2, 2, 3, 3, 4, 5, 5], event: [1, 1, 0, 1, 0, 1, 0, 1] };
    const rows = expandPersonPeriods(spells);
    const curve = fitKaplanMeier(spells);
    if (!rows.fitted || !curve.fitted) throw new Error('both work');
    let survival = 1;
    for (let period = 1; period <= 5; period++) {
      const at = [...rows.period.keys()].filter((index) => rows.period[index] === period);
      survival *= 1 - at.filter((index) => rows.event[index] === 1).length / at.length;
      expect(survival).toBeCloseTo(curve.survival[period - 1]!, 12);
    }
  });

  it.each([
    ['no-rows', [], [], 1],
    ['out-of-range', [1], [1], 0],
    ['out-of-range', [0], [1], 1],
    ['out-of-range', [1e9], [0], 1],
  ] as const)('refused: %s, times %j', (problem, time, event, length) => {
    expect(expandPersonPeriods({ time, event }, length)).toMatchObject({ fitted: false, problem });
  });
});
