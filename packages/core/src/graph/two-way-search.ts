import { type EdgeTable, FIRST_IN, FIRST_OUT, FROM, MARK, NEXT_IN, NEXT_OUT, STRIDE, TO } from './edge-table.ts';

/** What a search found: the two ends meet, or one side is complete and does not reach the other. */
export type Meeting =
  | { readonly meets: true }
  | { readonly meets: false; readonly side: 'down' | 'up'; readonly nodes: readonly number[] };

/** What a search may pass and may know. */
export interface SearchRule {
  /** Which kinds of edges count; `null`: all. */
  readonly kinds: ((kind: number) => boolean) | null;
  /** Labels that ascend along every edge that counts: the search stays between those of its two ends. `null`: no such labels. */
  readonly label: Float64Array | null;
  /** Whether a node is known to lead to the bottom; asked now and then in a long search. */
  readonly leadsDown: ((node: number) => boolean) | null;
}

const MEETS: Meeting = { meets: true };
/** After so many steps, and each time they have doubled, the latest node is looked up: it costs as much as some 30 steps. */
const FIRST_LOOK = 64;

/**
 * Looks for a way from `top` down to `bottom` from both ends at once, an edge on each side in turn, so that the time is
 * that of the smaller side: all that `top` reaches, or all that leads to `bottom`. Exact, without a bound on depth.
 * Source: Haeupler, Kavitha, Mathew, Sen, Tarjan 2012 (ACM Trans. Algorithms 8:3), two-way search between two places of an order.
 */
export function createTwoWaySearch(table: EdgeTable): (top: number, bottom: number, rule: SearchRule) => Meeting {
  let round = 0;
  return (top, bottom, { kinds, label, leadsDown }) => {
    round = round > 2 ** 31 - 4 ? forget(table) : round + 2;
    const { nodes, edges, kind } = table;
    const [isDown, isUp] = [round, round + 1];
    const [low, high] = label ? [label[top]!, label[bottom]!] : [0, 0];
    const [down, up] = [[top], [bottom]];
    const [openDown, openUp] = [[top], [bottom]];
    nodes[top * STRIDE + MARK] = isDown;
    nodes[bottom * STRIDE + MARK] = isUp;
    let [out, into] = [-1, -1];
    for (let steps = 1, look = FIRST_LOOK; ; steps++) {
      while (out < 0) {
        const node = openDown.pop();
        if (node === undefined) return { meets: false, side: 'down', nodes: down };
        out = nodes[node * STRIDE + FIRST_OUT]!;
      }
      const below = edges[out * STRIDE + TO]!;
      const seen = nodes[below * STRIDE + MARK]!;
      if (seen !== isDown && (label === null || label[below]! <= high) && (kinds === null || kinds(kind[out]!))) {
        if (seen === isUp) return MEETS;
        nodes[below * STRIDE + MARK] = isDown;
        down.push(below);
        openDown.push(below);
        if (steps >= look && leadsDown !== null) {
          if (leadsDown(below)) return MEETS;
          look *= 2;
        }
      }
      out = edges[out * STRIDE + NEXT_OUT]!;

      while (into < 0) {
        const node = openUp.pop();
        if (node === undefined) return { meets: false, side: 'up', nodes: up };
        into = nodes[node * STRIDE + FIRST_IN]!;
      }
      const above = edges[into * STRIDE + FROM]!;
      const met = nodes[above * STRIDE + MARK]!;
      if (met !== isUp && (label === null || label[above]! >= low) && (kinds === null || kinds(kind[into]!))) {
        if (met === isDown) return MEETS;
        nodes[above * STRIDE + MARK] = isUp;
        up.push(above);
        openUp.push(above);
      }
      into = edges[into * STRIDE + NEXT_IN]!;
    }
  };
}

/** Marks are counted up from search to search; before they run out all are taken away. */
function forget({ nodes }: EdgeTable): number {
  for (let at = MARK; at < nodes.length; at += STRIDE) nodes[at] = 0;
  return 2;
}
