import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrderList } from './order-list.ts';

const SIZE = 30;

/** The plain model: an array in order. */
function moveInArray(order: number[], nodes: readonly number[], side: 'after' | 'before', anchor: number): number[] {
  const rest = order.filter((it) => !nodes.includes(it));
  rest.splice(rest.indexOf(anchor) + (side === 'after' ? 1 : 0), 0, ...nodes);
  return rest;
}

function orderOf(label: Float64Array): number[] {
  return Array.from({ length: SIZE }, (_, i) => i).sort((a, b) => label[a]! - label[b]!);
}

describe('order of nodes by labels', () => {
  it('agrees with an array in which groups are cut out and put in again (model)', () => {
    const move = fc.record({
      nodes: fc.uniqueArray(fc.nat(SIZE - 1), { minLength: 1, maxLength: 6 }),
      side: fc.constantFrom('after' as const, 'before' as const),
      anchor: fc.nat(SIZE - 1),
    });
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: SIZE, maxLength: SIZE }), fc.array(move), (ends, moves) => {
        const list = createOrderList();
        let model: number[] = [];
        ends.forEach((isLast, node) => {
          list.place(node, isLast ? 'last' : 'first');
          model = isLast ? [...model, node] : [node, ...model];
        });
        for (const { nodes, side, anchor } of moves) {
          const group = model.filter((it) => nodes.includes(it) && it !== anchor);
          if (group.length === 0) continue;
          list.move(group, side, anchor);
          model = moveInArray(model, group, side, anchor);
        }
        expect(orderOf(list.label)).toEqual(model);
      }),
    );
  });

  it('room between two neighbours never runs out: 5,000 moves to the same place (labels are made anew)', () => {
    const list = createOrderList();
    for (let node = 0; node < SIZE; node++) list.place(node, 'last');
    let model = Array.from({ length: SIZE }, (_, i) => i);
    for (let i = 0; i < 5000; i++) {
      const node = model[(i * 7) % SIZE]!;
      if (node === 3) continue;
      const side = i % 5 === 0 ? 'before' : 'after';
      list.move([node], side, 3);
      model = moveInArray(model, [node], side, 3);
    }
    expect(orderOf(list.label)).toEqual(model);
    expect(list.label.every(Number.isSafeInteger)).toBe(true);
  });
});
