import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNodeHeap } from './node-heap.ts';

it('gives nodes in the order of their keys, whatever the order in which they came', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -1000, max: 1000 })), (keys) => {
      const heap = createNodeHeap();
      heap.push(7, 0);
      heap.clear();
      keys.forEach((key, node) => {
        heap.push(node, key);
      });
      const out = Array.from(keys, () => keys[heap.pop()]);
      expect(out).toEqual([...keys].sort((a, b) => a - b));
      expect([heap.pop(), heap.size]).toEqual([-1, 0]);
    }),
  );
});
