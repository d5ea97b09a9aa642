import { expect, it } from 'vitest';
import { ultimateParent } from './ultimate-parent.ts';

it('climbs to the top, and agrees for all members of a circle', () => {
  const parents = new Map([
    ['c', 'b'],
    ['b', 'a'],
    ['x', 'y'],
    ['y', 'z'],
    ['z', 'y'],
  ]);
  expect(ultimateParent(parents, 'c')).toBe('a');
  expect(ultimateParent(parents, 'a')).toBe('a');
  expect(['x', 'y', 'z'].map((it) => ultimateParent(parents, it))).toEqual(['y', 'y', 'y']);
});
