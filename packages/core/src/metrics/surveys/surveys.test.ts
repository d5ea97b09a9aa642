import { describe, expect, it } from 'vitest';
import { nps } from './nps.ts';
import { cesMean, cesShare, csat } from './satisfaction.ts';

const window = { on: '2026-06-01' };
const answer = (account: number, score: number, answeredOn = '2026-05-01') => ({
  accountId: `account:${account}`,
  score,
  answeredOn,
});
const many = (from: number, count: number, score: number) =>
  Array.from({ length: count }, (_, i) => answer(from + i, score));

describe('NPS', () => {
  it('30 answers, 15 promoters and 6 detractors: 30 points, plus or minus 28 (retention model, section 6)', () => {
    const result = nps([...many(0, 15, 9), ...many(15, 6, 6), ...many(21, 9, 8)], window);
    // Variance .5 + .2 - .3² = .61; 1.959964 sqrt(.61 / 30) = .27948
    expect(result).toMatchObject({ value: expect.closeTo(0.3, 12), n: 30, answers: 30, promoters: 0.5 });
    expect(result.interval?.[0]).toBeCloseTo(0.3 - 0.27948, 5);
    expect(result.interval?.[1]).toBeCloseTo(0.3 + 0.27948, 5);
  });

  it('weighs by account: nine unhappy people in one account and one happy account are 0 points, by hand', () => {
    const result = nps([...Array.from({ length: 9 }, () => answer(1, 3)), answer(2, 10)], window);
    expect(result).toMatchObject({ value: 0, n: 2, answers: 10 });
  });

  it('6 is a detractor, 7 and 8 are neither, 9 is a promoter', () => {
    expect([6, 7, 8, 9].map((score) => nps([answer(1, score)], window).value)).toEqual([-1, 0, 0, 1]);
  });

  it('ages out, refuses scores off the scale and answers from the future; nothing left is null', () => {
    const answers = [answer(1, 10, '2025-05-31'), answer(2, 11), answer(3, 9.5), answer(4, 9, '2026-06-02')];
    expect(nps(answers, window)).toMatchObject({ value: null, n: 0, interval: null });
    expect(nps([answer(1, 10, '2025-06-01')], window).n).toBe(1);
  });

  it('three accounts of one mind are no certainty: the bound is what Wilson leaves open, by hand', () => {
    // z² = 3.841459: open 2 x 3.841459 / 6.841459 = 1.122994, so from -.122994 to 1
    const { interval } = nps(many(0, 3, 10), window);
    expect(interval?.[0]).toBeCloseTo(-0.122994, 5);
    expect(interval?.[1]).toBe(1);
  });
});

describe('CSAT and CES', () => {
  it('CSAT: best two boxes, 3 of 4 accounts; Wilson .3006 to .9544, by hand', () => {
    const result = csat([answer(1, 5), answer(2, 4), answer(3, 4), answer(4, 3)], window);
    expect(result).toMatchObject({ value: 0.75, n: 4, boxes: 2 });
    expect(result.interval?.[0]).toBeCloseTo(0.3006, 4);
    expect(result.interval?.[1]).toBeCloseTo(0.9544, 4);
  });

  it('CES: the direction belongs to the scale; 1 is best where effort is asked for', () => {
    const answers = [answer(1, 1), answer(2, 3), answer(3, 4), answer(4, 7)];
    expect(cesShare(answers, window).value).toBe(0.25);
    expect(cesShare(answers, window, { from: 1, to: 7, best: 'low' }).value).toBe(0.5);
    expect(cesMean(answers, window)).toMatchObject({ value: 3.75, n: 4, scale: { best: 'high' } });
    expect(cesMean([answer(1, 9)], window)).toMatchObject({ value: null, n: 0 });
  });
});
