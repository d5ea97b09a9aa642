import { grown } from './grown.ts';

/** A total order of nodes 0, 1, 2... in which whole groups can be moved; `label` says at once which of two comes first. */
export interface OrderList {
  /** Ascending along the order; only comparisons mean anything. Read again after each change: the array may be replaced. */
  readonly label: Float64Array;
  /** Takes up a node at one end. */
  place(node: number, end: 'first' | 'last'): void;
  /** Moves nodes, given in their order, to directly behind (`after`) or before the anchor, which is none of them. */
  move(nodes: readonly number[], side: 'after' | 'before', anchor: number): void;
}

const NONE = -1;
/** Room between neighbours at the ends: 2^32 nodes fit into exact doubles. */
const GAP = 2 ** 20;

/**
 * An order by labels in a doubly linked list. A group moves in time linear in its length; where labels run out a
 * neighbourhood is labelled anew, so wide that its free room is the square of its length, which keeps that rare.
 * Source: Bender, Cole, Demaine, Farach-Colton, Zito 2002 (ESA, LNCS 2461:152), order maintenance by tag ranges.
 */
export function createOrderList(): OrderList {
  let label = new Float64Array(16);
  let before = new Int32Array(16);
  let after = new Int32Array(16);
  let [first, last] = [NONE, NONE];

  function link(left: number, right: number): void {
    if (left === NONE) first = right;
    else after[left] = right;
    if (right === NONE) last = left;
    else before[right] = left;
  }

  /** Spreads `count` nodes from `from` on evenly between the labels around them. */
  function spread(from: number, count: number, low: number, step: number): void {
    for (let i = 1, node = from; i <= count; i++, node = after[node]!) label[node] = low + i * step;
  }

  /** Labels the group that lies from `from` to `to`, and so much of its neighbourhood as is needed for room. */
  function relabel(from: number, to: number, count: number): void {
    let [left, right, inside] = [from, to, count];
    for (let steps = 0; ; steps = inside) {
      const [low, high] = [before[left]!, after[right]!];
      if (low === NONE || high === NONE) {
        const start = low === NONE ? (high === NONE ? 0 : label[high]!) - (inside + 1) * GAP : label[low]!;
        spread(left, inside, start, GAP);
        return;
      }
      const room = label[high]! - label[low]!;
      const enough = steps === 0 ? inside + 1 : inside * inside;
      if (room >= enough) {
        spread(left, inside, label[low]!, Math.floor(room / (inside + 1)));
        return;
      }
      for (let i = 0; i <= steps && before[left]! !== NONE && after[right]! !== NONE; i++, inside += 2) {
        left = before[left]!;
        right = after[right]!;
      }
    }
  }

  return {
    get label() {
      return label;
    },
    place(node, end) {
      label = grown(label, node);
      before = grown(before, node);
      after = grown(after, node);
      const [left, right] = end === 'last' ? [last, NONE] : [NONE, first];
      label[node] =
        end === 'last' ? (left === NONE ? 0 : label[left]! + GAP) : right === NONE ? 0 : label[right]! - GAP;
      before[node] = left;
      after[node] = right;
      link(left, node);
      link(node, right);
    },
    move(nodes, side, anchor) {
      for (const node of nodes) link(before[node]!, after[node]!);
      let left = side === 'after' ? anchor : before[anchor]!;
      const right = side === 'after' ? after[anchor]! : anchor;
      for (const node of nodes) {
        link(left, node);
        left = node;
      }
      link(left, right);
      relabel(nodes[0]!, left, nodes.length);
    },
  };
}
