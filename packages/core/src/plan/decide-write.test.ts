import { describe, expect, it } from 'vitest';
import { decideWrite, sameValue } from './decide-write.ts';

describe('decideWrite', () => {
  it('now = wanted is unchanged', () => {
    expect(decideWrite({ healthScore: 60 }, { healthScore: 55 }, { healthScore: 55 })).toEqual({ kind: 'unchanged' });
  });

  it('now = before is written, only in the fields that differ', () => {
    const before = { healthScore: 60, healthBand: 'watch' };
    const wanted = { healthScore: 40, healthBand: 'watch' };
    expect(decideWrite(before, before, wanted)).toEqual({ kind: 'write', fields: ['healthScore'] });
  });

  it('anything else is a conflict that holds back the whole record', () => {
    const before = { healthScore: 60, nextStep: 'Call' };
    const now = { healthScore: 60, nextStep: 'Leave them alone' };
    expect(decideWrite(before, now, { healthScore: 40, nextStep: 'Visit' })).toEqual({
      kind: 'conflict',
      fields: ['nextStep'],
    });
  });

  it('an edit of a field that we do not write never conflicts', () => {
    expect(decideWrite({ healthScore: 60 }, { healthScore: 60, name: 'New' }, { healthScore: 40 }).kind).toBe('write');
  });

  it('a record that is gone has its own answer', () => {
    expect(decideWrite({}, null, { healthScore: 1 })).toEqual({ kind: 'gone' });
  });

  it('undefined leaves a field, null clears it, and missing, null and empty text are the same', () => {
    expect(decideWrite({ nextStep: 'Call' }, { nextStep: 'Call' }, { nextStep: undefined }).kind).toBe('unchanged');
    expect(decideWrite({ nextStep: 'Call' }, { nextStep: 'Call' }, { nextStep: null }).kind).toBe('write');
    expect(decideWrite({}, { nextStep: '' }, { nextStep: null }).kind).toBe('unchanged');
    expect(decideWrite({ nextStep: null }, { nextStep: '' }, { nextStep: 'Call' }).kind).toBe('write');
  });
});

describe('sameValue', () => {
  it.each([
    [0.3, 0.1 + 0.2, true],
    [0, -0, true],
    [12.3, 12.4, false],
    [{ minor: 100, currency: 'EUR' }, { currency: 'EUR', minor: 100 }, true],
    [{ minor: 100, currency: 'EUR' }, { minor: 100, currency: 'USD' }, false],
    [{ minor: 100, currency: 'EUR' }, { minor: 101, currency: 'EUR' }, false],
    ['one\r\ntwo ', 'one\ntwo', true],
    ['a', 'A', false],
    [null, 0, false],
    [false, null, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
    expect(sameValue(b, a)).toBe(same);
  });
});

it('T43 a share is compared to a tenth of a percent, which is all that a field holds: no rewriting for ever', () => {
  expect(decideWrite({ churnProbability: null }, { churnProbability: 0.123 }, { churnProbability: 0.1234 })).toEqual({
    kind: 'unchanged',
  });
  expect(decideWrite({ churnProbability: 0.1234 }, { churnProbability: 0.123 }, { churnProbability: 0.2 })).toEqual({
    kind: 'write',
    fields: ['churnProbability'],
  });
  expect(decideWrite({ churnProbability: 0.1 }, { churnProbability: 0.3 }, { churnProbability: 0.2 }).kind).toBe(
    'conflict',
  );
});
