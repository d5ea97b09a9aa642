import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRootedForest } from './rooted-forest.ts';

const SIZE = 25;

describe('rooted forest (Sleator and Tarjan 1983)', () => {
  it('knows the ancestors that the way up by parents shows, while trees are hung together (model)', () => {
    const step = fc.record({ node: fc.nat(SIZE - 1), other: fc.nat(SIZE - 1), hangs: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const forest = createRootedForest();
        for (let node = 0; node < SIZE; node++) forest.plant(node);
        const parent = new Map<number, number>();
        const wayUp = (node: number): number[] => {
          const above = parent.get(node);
          return above === undefined ? [node] : [node, ...wayUp(above)];
        };
        for (const { node, other, hangs } of steps) {
          expect(forest.isAncestor(other, node)).toBe(wayUp(node).includes(other));
          if (!hangs || parent.has(node) || wayUp(other).includes(node)) continue;
          forest.hang(node, other);
          parent.set(node, other);
        }
      }),
    );
  });

  it('a chain of 200,000, hung together from its end', () => {
    const forest = createRootedForest();
    for (let node = 0; node < 200_000; node++) forest.plant(node);
    for (let node = 199_999; node > 0; node--) forest.hang(node, node - 1);
    expect([forest.isAncestor(0, 199_999), forest.isAncestor(199_999, 0), forest.isAncestor(7, 100_000)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
