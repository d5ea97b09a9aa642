import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../model/dates.ts';
import { type BandState, nextBand } from './bands.ts';

const start = '2026-01-01';
const next = (score: number | null, previous: BandState | null, on: string, hardEvent = false) =>
  nextBand({ score, previous, on, hardEvent });

describe('bands', () => {
  it('enters by the borders 65 and 40', () => {
    expect([65, 64, 40, 39].map((score) => next(score, null, start).band)).toEqual([
      'healthy',
      'watch',
      'watch',
      'at_risk',
    ]);
    expect(next(null, null, start).band).toBe('not_scored');
  });

  it('is left 5 points beyond where it was entered', () => {
    const atRisk: BandState = { band: 'at_risk', since: start };
    const later = '2026-03-01';
    expect(next(44, atRisk, later)).toBe(atRisk);
    expect(next(45, atRisk, later)).toEqual({ band: 'watch', since: later });
    expect(next(69, { band: 'watch', since: start }, later).band).toBe('watch');
    expect(next(70, { band: 'watch', since: start }, later).band).toBe('healthy');
    // Falling, the border itself decides: the account entered "healthy" at 70 and leaves it under 65.
    expect(next(65, { band: 'healthy', since: start }, later).band).toBe('healthy');
    expect(next(64, { band: 'healthy', since: start }, later).band).toBe('watch');
  });

  it('is held 14 days', () => {
    const healthy: BandState = { band: 'healthy', since: start };
    expect(next(10, healthy, '2026-01-14')).toBe(healthy);
    expect(next(10, healthy, '2026-01-15').band).toBe('at_risk');
  });

  it('a hard event overrides holding and margin', () => {
    expect(next(90, { band: 'healthy', since: start }, '2026-01-02', true)).toEqual({
      band: 'at_risk',
      since: '2026-01-02',
    });
  });

  it('never flaps: scores that stay within 5 points change the band at most once in each direction of entry', () => {
    const wobble = fc.tuple(
      fc.integer({ min: 0, max: 95 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 }),
    );
    fc.assert(
      fc.property(wobble, ([floor, steps]) => {
        let state: BandState | null = null;
        const bands: string[] = [];
        for (const [index, step] of steps.entries()) {
          state = next(floor + step, state, addDays(start, index * 20));
          if (bands.at(-1) !== state.band) bands.push(state.band);
        }
        // At most one change: back and forth would need a move of more than the margin.
        expect(bands.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('never changes twice within 14 days without a hard event', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 80 }), (scores) => {
        let state: BandState | null = null;
        const changes: number[] = [];
        for (const [day, score] of scores.entries()) {
          const before: BandState | null = state;
          state = next(score, before, addDays(start, day));
          if (before !== null && before.band !== state.band) changes.push(day);
        }
        for (const [index, day] of changes.entries()) {
          expect(day - (changes[index - 1] ?? -14)).toBeGreaterThanOrEqual(14);
        }
      }),
    );
  });
});
