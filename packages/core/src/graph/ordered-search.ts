import { type EdgeTable, FIRST_IN, FIRST_OUT, FROM, MARK, NEXT_IN, NEXT_OUT, STRIDE, TO } from './edge-table.ts';
import { createNodeHeap } from './node-heap.ts';
import type { SearchMarks } from './search-marks.ts';

/** What a search found: the two ends meet; or what has to move for `bottom` to come before `top`. */
export type Meeting =
  | { readonly meets: true }
  | {
      readonly meets: false;
      /** The place to move to; it is none of the moved. `bottom`: all of `down` move behind it. */
      readonly pivot: number;
      /** Reached from `top`, all that lies before the pivot; leading to `bottom`, all that lies behind it. In their order. */
      readonly down: readonly number[];
      readonly up: readonly number[];
    };

/** What a search may pass and may know. */
export interface SearchRule {
  /** Which kinds of edges count; `null`: all. */
  readonly kinds: ((kind: number) => boolean) | null;
  /** Labels that ascend along every edge that counts; `top` lies before `bottom`. */
  readonly label: Float64Array;
  /** Whether a node is known to lead to the bottom; asked now and then in a long search. */
  readonly leadsDown: ((node: number) => boolean) | null;
}

const MEETS: Meeting = { meets: true };
/** After so many steps, and each time they have doubled, the latest node is looked up: it costs as much as some 30 steps. */
const FIRST_LOOK = 64;

/**
 * Looks for a way from `top` down to `bottom` from both ends at once, an edge on each side in turn: downwards the lowest
 * label first, upwards the highest, until the two sides pass each other in the order. Each so sees only its part of what
 * lies between the ends. Exact, without a bound on depth. Source: Haeupler, Kavitha, Mathew, Sen, Tarjan 2012
 * (ACM Trans. Algorithms 8:3), compatible search with a heap on each side.
 */
export function createOrderedSearch(
  table: EdgeTable,
  marks: SearchMarks,
): (top: number, bottom: number, rule: SearchRule) => Meeting {
  const [openDown, openUp] = [createNodeHeap(), createNodeHeap()];
  return (top, bottom, { kinds, label, leadsDown }) => {
    const isDown = marks();
    const isUp = isDown + 1;
    const { nodes, edges, kind } = table;
    const [low, high] = [label[top]!, label[bottom]!];
    /** Taken out of the heaps, in order; the last of each is still being looked at. */
    const [down, up] = [[top], [bottom]];
    openDown.clear();
    openUp.clear();
    nodes[top * STRIDE + MARK] = isDown;
    nodes[bottom * STRIDE + MARK] = isUp;
    let [atDown, atUp] = [top, bottom];
    let out = nodes[top * STRIDE + FIRST_OUT]!;
    let into = nodes[bottom * STRIDE + FIRST_IN]!;
    for (let steps = 1, look = FIRST_LOOK; ; steps++) {
      while (out < 0) {
        atDown = openDown.pop();
        if (atDown < 0) return { meets: false, pivot: bottom, down, up: [] };
        if (label[atDown]! > label[atUp]!) return passed(atDown, down, up, label);
        down.push(atDown);
        out = nodes[atDown * STRIDE + FIRST_OUT]!;
      }
      const below = edges[out * STRIDE + TO]!;
      const seen = nodes[below * STRIDE + MARK]!;
      if (seen !== isDown && label[below]! <= high && (kinds === null || kinds(kind[out]!))) {
        if (seen === isUp) return MEETS;
        nodes[below * STRIDE + MARK] = isDown;
        openDown.push(below, label[below]!);
        if (steps >= look && leadsDown !== null) {
          if (leadsDown(below)) return MEETS;
          look *= 2;
        }
      }
      out = edges[out * STRIDE + NEXT_OUT]!;

      while (into < 0) {
        atUp = openUp.pop();
        if (atUp < 0 || label[atUp]! < label[atDown]!) {
          down.pop();
          return passed(atDown, down, up, label);
        }
        up.push(atUp);
        into = nodes[atUp * STRIDE + FIRST_IN]!;
      }
      const above = edges[into * STRIDE + FROM]!;
      const met = nodes[above * STRIDE + MARK]!;
      if (met !== isUp && label[above]! >= low && (kinds === null || kinds(kind[into]!))) {
        if (met === isDown) return MEETS;
        nodes[above * STRIDE + MARK] = isUp;
        openUp.push(above, -label[above]!);
      }
      into = edges[into * STRIDE + NEXT_IN]!;
    }
  };
}

/** The sides passed each other at a node that was reached downwards and is not done with: everything below it is. */
function passed(pivot: number, down: readonly number[], up: readonly number[], label: Float64Array): Meeting {
  return { meets: false, pivot, down, up: up.filter((it) => label[it]! > label[pivot]!).reverse() };
}
