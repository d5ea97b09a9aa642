import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitCox } from './cox.ts';
import { testLogRank } from './log-rank.ts';

describe('log-rank', () => {
  it('6-MP against placebo, Freireich et al. 1963: chi-square 16.79 (Kleinbaum and Klein 2012, chapter 2)', () => {
    const treated = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
    const events = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];
    const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
    const group = [...treated.map(() => 1), ...placebo.map(() => 0)];
    const test = testLogRank({ time: [...treated, ...placebo], event: [...events, ...placebo.map(() => 1)] }, group);
    if (!test.fitted) throw new Error(test.message);
    expect(test.chiSquare).toBeCloseTo(16.79, 2);
    expect(test.observed).toEqual([21, 9]);
    expect(test.expected[1]).toBeCloseTo(19.25, 2);
  });

  it('without ties equals the score test of a Cox model of the groups, late entries and strata included (property)', () => {
    const subject = fc.record({
      wait: fc.integer({ min: 1, max: 40 }),
      event: fc.constantFrom(0, 1),
      group: fc.constantFrom(0, 1),
      stratum: fc.constantFrom(1, 2),
    });
    fc.assert(
      fc.property(fc.array(subject, { minLength: 4, maxLength: 30 }), (rows) => {
        const time = rows.map((_, row) => ((row * 17) % 31) + 1);
        const spells = {
          time,
          event: rows.map(({ event }) => event),
          entry: rows.map(({ wait }, row) => time[row]! - wait),
          stratum: rows.map(({ stratum }) => stratum),
        };
        const group = rows.map((row) => row.group);
        const fit = fitCox(spells, { names: ['group'], values: group });
        const test = testLogRank(spells, group);
        if (fit.fitted && test.fitted) expect(test.chiSquare).toBeCloseTo(fit.score.chiSquare, 9);
      }),
    );
  });

  it.each([
    ['one-class', [1, 1], [1, 1]],
    ['no-events', [0, 0], [1, 2]],
    ['one-class', [1, 1], [1, 2]],
    ['not-finite', [1, 1], [1, Number.NaN]],
  ] as const)('refused: %s, events %j, groups %j (the third: groups that never meet)', (problem, event, group) => {
    const entry = problem === 'one-class' ? [0, 5] : [0, 0];
    expect(testLogRank({ time: [5, 9], event, entry }, group)).toMatchObject({ fitted: false, problem });
  });
});
