import type { Id } from '../model/ids.ts';
import { createEdgeTable, FIRST_IN, FROM, NEXT_IN, REFERRER, STRIDE } from './edge-table.ts';
import { createOrderList } from './order-list.ts';
import { createRootedForest } from './rooted-forest.ts';
import { createTwoWaySearch } from './two-way-search.ts';

/** `loop`: within the program the referred party leads to the referrer. `review`: only over several programs. */
export type EdgeAnswer = 'accepted' | 'loop' | 'review';

/** Who referred whom, by program; within one program never in a circle. */
export interface ReferralGraph {
  readonly parties: number;
  readonly edges: number;
  /** Adds an edge unless it closes a loop; what is refused or needs review adds nothing. A known edge is accepted again. */
  add(referrer: Id, referred: Id, program: string): EdgeAnswer;
  /** Adds an edge that a person passed in review: only a loop within its program is refused. */
  admit(referrer: Id, referred: Id, program: string): 'accepted' | 'loop';
  /** Everybody who led to the party, each once, itself left out; in one program or in all. Empty for a party never seen. */
  ancestors(party: Id, program?: string): readonly Id[];
  /** The way down to the party, the party last, over the first edge accepted for each; edges that needed review are left out. */
  chainOf(party: Id, program?: string): readonly Id[];
}

/**
 * An empty referral graph. A check is exact and has no bound on depth. It takes a glance where the order of all parties
 * answers (most edges), logarithmic time where the first referrers of the party lead to the other, and else the time of
 * the smaller side between both places in the order, which is then mended (after Pearce and Kelly 2006, ACM JEA 11:1.7,
 * who move both sides).
 *
 * @example
 * const graph = openReferralGraph();
 * graph.add('account:1', 'account:2', 'main'); // 'accepted'
 * graph.add('account:2', 'account:1', 'main'); // 'loop'
 */
export function openReferralGraph(): ReferralGraph {
  const ids: Id[] = [];
  const numbers = new Map<Id, number>();
  const programs = new Map<string, number>();
  const table = createEdgeTable();
  const order = createOrderList();
  const firsts = createRootedForest();
  const search = createTwoWaySearch(table);
  /** Edges that a person admitted against the order; their kind is the complement of the program's number. */
  let admitted = 0;

  function numberOf(party: Id, end: 'first' | 'last'): number {
    const known = numbers.get(party);
    if (known !== undefined) return known;
    const node = ids.push(party) - 1;
    numbers.set(party, node);
    table.plant(node);
    firsts.plant(node);
    order.place(node, end);
    return node;
  }

  function kindOf(program: string): number {
    const kind = programs.get(program) ?? programs.size;
    programs.set(program, kind);
    return kind;
  }

  /** Adds the edge unless `to` leads to `from` in any way; says whether it was added. */
  function addInOrder(from: number, to: number, kind: number): boolean {
    if (admitted > 0 && leads(to, from, null)) return false;
    if (!makeOrder(from, to)) return false;
    if (table.nodes[to * STRIDE + REFERRER]! < 0) {
      table.nodes[to * STRIDE + REFERRER] = from;
      firsts.hang(to, from);
    }
    table.add(from, to, kind);
    return true;
  }

  /** Brings `from` before `to` in the order; `false` where `to` leads to `from` over edges of the order. */
  function makeOrder(from: number, to: number): boolean {
    const { label } = order;
    if (label[from]! < label[to]!) return true;
    if (firsts.isAncestor(to, from)) return false;
    const leadsDown = (node: number) => firsts.isAncestor(node, from);
    // edges that were admitted may carry further parties along, which keep their order among themselves
    const found = search(to, from, { kinds: null, label, leadsDown });
    if (found.meets) return false;
    const moved = [...found.nodes].sort((a, b) => label[a]! - label[b]!);
    if (found.side === 'down') order.move(moved, 'after', from);
    else order.move(moved, 'before', to);
    return true;
  }

  /** Whether one node leads to another over edges of any kind (`null`) or of one program; the order helps until it was broken. */
  function leads(top: number, bottom: number, kind: number | null): boolean {
    const kinds = kind === null ? null : isOf(kind);
    return search(top, bottom, { kinds, label: admitted === 0 ? order.label : null, leadsDown: null }).meets;
  }

  /** The first of the edges into a node, oldest first, that counts: its other end; -1: none. */
  function firstInto(node: number, kind: number): number {
    let first = -1;
    for (const edge of into(node)) if (table.kind[edge] === kind) first = table.edges[edge * STRIDE + FROM]!;
    return first;
  }

  function* into(node: number): Generator<number> {
    let edge = table.nodes[node * STRIDE + FIRST_IN]!;
    for (; edge >= 0; edge = table.edges[edge * STRIDE + NEXT_IN]!) yield edge;
  }

  return {
    get parties() {
      return ids.length;
    },
    get edges() {
      return table.size;
    },
    add(referrer, referred, program) {
      if (referrer === referred) return 'loop';
      const kind = kindOf(program);
      const [from, to] = [numberOf(referrer, 'first'), numberOf(referred, 'last')];
      if (table.has(from, to, isOf(kind)) || addInOrder(from, to, kind)) return 'accepted';
      return programs.size === 1 || leads(to, from, kind) ? 'loop' : 'review';
    },
    admit(referrer, referred, program) {
      const answer = this.add(referrer, referred, program);
      if (answer !== 'review') return answer;
      table.add(numbers.get(referrer)!, numbers.get(referred)!, ~kindOf(program));
      admitted++;
      return 'accepted';
    },
    ancestors(party, program) {
      const start = numbers.get(party);
      const counts = program === undefined ? () => true : isOf(programs.get(program) ?? programs.size);
      if (start === undefined) return [];
      const seen = new Set([start]);
      for (const node of seen) {
        for (const edge of into(node)) if (counts(table.kind[edge]!)) seen.add(table.edges[edge * STRIDE + FROM]!);
      }
      seen.delete(start);
      return Array.from(seen, (node) => ids[node]!);
    },
    chainOf(party, program) {
      const kind = program === undefined ? null : (programs.get(program) ?? programs.size);
      const above = (node: number) => (kind === null ? table.nodes[node * STRIDE + REFERRER]! : firstInto(node, kind));
      const chain: Id[] = [];
      for (let node = numbers.get(party) ?? -1; node >= 0; node = above(node)) chain.push(ids[node]!);
      return chain.reverse();
    },
  };
}

const isOf = (program: number) => (kind: number) => kind === program || kind === ~program;
