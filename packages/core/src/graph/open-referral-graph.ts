import type { Id } from '../model/ids.ts';
import { createEdgeTable, FIRST_IN, FIRST_OUT, FROM, NEXT_IN, NEXT_OUT, REFERRER, STRIDE, TO } from './edge-table.ts';
import { createOrderList } from './order-list.ts';
import { createOrderedSearch } from './ordered-search.ts';
import { createRootedForest } from './rooted-forest.ts';
import { createSearchMarks } from './search-marks.ts';
import { createTwoWaySearch } from './two-way-search.ts';

/** `loop`: within the program the referred party leads to the referrer. `review`: only over several programs. */
export type EdgeAnswer = 'accepted' | 'loop' | 'review';

/** Who referred whom, by program; within one program never in a circle. */
export interface ReferralGraph {
  readonly parties: number;
  readonly edges: number;
  /** Adds an edge unless it closes a loop; what is refused or needs review adds nothing. A known edge is accepted again. */
  add(referrer: Id, referred: Id, program: string): EdgeAnswer;
  /** What `add` would answer; nothing is added. */
  check(referrer: Id, referred: Id, program: string): EdgeAnswer;
  /** Adds an edge that a person passed in review: only a loop within its program is refused. */
  admit(referrer: Id, referred: Id, program: string): 'accepted' | 'loop';
  /** Two parties became one: whoever led to the loser, or was led in by it, is on the survivor from now on, in a circle too. */
  merge(loser: Id, survivor: Id): void;
  /** Everybody who led to the party, each once, itself left out; in one program or in all. Empty for a party never seen. */
  ancestors(party: Id, program?: string): readonly Id[];
  /** The way down to the party, the party last, over the first edge accepted for each; edges that needed review are left out. */
  chainOf(party: Id, program?: string): readonly Id[];
}

/**
 * An empty referral graph. A check is exact and has no bound on depth. It takes a glance where the order of all parties
 * answers (most edges), logarithmic time where the first referrers of the party lead to the other, and else a search from
 * both ends until the two sides pass each other in the order, which is then mended (Haeupler et al. 2012, ACM Trans.
 * Algorithms 8:3). A merge takes the time of the loser's edges: they are drawn again at the survivor and stay where
 * they were as well, since a way over the loser is one over the survivor. Where a merge or a review closed a circle, the
 * order no longer answers alone and checks take the smaller side of the whole graph; both are rare.
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
  const marks = createSearchMarks(table);
  const search = createTwoWaySearch(table, marks);
  const searchInOrder = createOrderedSearch(table, marks);
  /** Edges that a person admitted against the order; their kind is the complement of the program's number. */
  let admitted = 0;
  /** Nodes that were merged away, and what they became. */
  const became = new Map<number, number>();
  /** Edges between two nodes that are left. */
  let live = 0;

  function standing(node: number): number {
    let now = node;
    for (let next = became.get(now); next !== undefined; next = became.get(now)) now = next;
    return now;
  }

  function nodeOf(party: Id): number | undefined {
    const known = numbers.get(party);
    return known === undefined || became.size === 0 ? known : standing(known);
  }

  function numberOf(party: Id, end: 'first' | 'last'): number {
    const known = nodeOf(party);
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

  /** Whether `to` does not lead to `from` in any way; brings them into order. */
  function isFree(from: number, to: number): boolean {
    return !(admitted > 0 && leads(to, from, null)) && makeOrder(from, to);
  }

  /** Adds the edge unless `to` leads to `from` in any way; says whether it was added. */
  function addInOrder(from: number, to: number, kind: number): boolean {
    if (!isFree(from, to)) return false;
    if (table.nodes[to * STRIDE + REFERRER]! < 0) {
      table.nodes[to * STRIDE + REFERRER] = from;
      firsts.hang(to, from);
    }
    table.add(from, to, kind);
    live++;
    return true;
  }

  /** Adds an edge whatever it closes. */
  function force(from: number, to: number, program: number): void {
    table.add(from, to, ~program);
    live++;
    admitted++;
  }

  /** Draws an edge of a node that was merged away again between those that are left. */
  function redraw(from: number, to: number, kind: number): void {
    const program = kind < 0 ? ~kind : kind;
    if (from === to || table.has(from, to, isOf(program))) return;
    if (kind < 0 || !addInOrder(from, to, kind)) force(from, to, program);
  }

  /** Brings `from` before `to` in the order; `false` where `to` leads to `from` over edges of the order. */
  function makeOrder(from: number, to: number): boolean {
    const { label } = order;
    if (label[from]! < label[to]!) return true;
    if (firsts.isAncestor(to, from)) return false;
    // edges that were admitted do not follow the order
    const kinds = admitted > 0 ? isOrdered : null;
    const steps = Math.min(LONGEST_PROBE, (PROBE * table.size) / ids.length);
    if (search(to, from, { kinds, label, steps }) === true) return false;
    const leadsDown = (node: number) => firsts.isAncestor(node, from);
    const found = searchInOrder(to, from, { kinds, label, leadsDown });
    if (found.meets) return false;
    const { pivot, down, up } = found;
    if (down.length > 0) order.move(down, pivot === from ? 'after' : 'before', pivot);
    if (up.length > 0) order.move(up, 'before', down[0] ?? pivot);
    return true;
  }

  /** Whether one node leads to another over edges of any kind (`null`) or of one program; the order helps until it was broken. */
  function leads(top: number, bottom: number, kind: number | null): boolean {
    const kinds = kind === null ? null : isOf(kind);
    if (admitted > 0) return search(top, bottom, { kinds }) === true;
    const { label } = order;
    return label[top]! < label[bottom]! && searchInOrder(top, bottom, { kinds, label, leadsDown: null }).meets;
  }

  /** The first of the edges into a node, oldest first, that counts: its other end; -1: none. */
  function firstInto(node: number, kind: number | null): number {
    if (kind === null) return table.nodes[node * STRIDE + REFERRER]!;
    let first = -1;
    for (const edge of into(node)) if (table.kind[edge] === kind) first = table.edges[edge * STRIDE + FROM]!;
    return first;
  }

  function* into(node: number): Generator<number> {
    let edge = table.nodes[node * STRIDE + FIRST_IN]!;
    for (; edge >= 0; edge = table.edges[edge * STRIDE + NEXT_IN]!) yield edge;
  }

  function* outOf(node: number): Generator<number> {
    let edge = table.nodes[node * STRIDE + FIRST_OUT]!;
    for (; edge >= 0; edge = table.edges[edge * STRIDE + NEXT_OUT]!) yield edge;
  }

  return {
    get parties() {
      return ids.length - became.size;
    },
    get edges() {
      return live;
    },
    check(referrer, referred, program) {
      const [from, to] = [nodeOf(referrer), nodeOf(referred)];
      if (referrer === referred || (from !== undefined && from === to)) return 'loop';
      if (from === undefined || to === undefined) return 'accepted';
      const kind = programs.get(program) ?? programs.size;
      if (table.has(from, to, isOf(kind)) || isFree(from, to)) return 'accepted';
      return leads(to, from, kind) ? 'loop' : 'review';
    },
    add(referrer, referred, program) {
      if (referrer === referred) return 'loop';
      const kind = kindOf(program);
      const [from, to] = [numberOf(referrer, 'first'), numberOf(referred, 'last')];
      if (from === to) return 'loop';
      if (table.has(from, to, isOf(kind)) || addInOrder(from, to, kind)) return 'accepted';
      return programs.size === 1 || leads(to, from, kind) ? 'loop' : 'review';
    },
    admit(referrer, referred, program) {
      const answer = this.add(referrer, referred, program);
      if (answer !== 'review') return answer;
      force(nodeOf(referrer)!, nodeOf(referred)!, kindOf(program));
      return 'accepted';
    },
    merge(loserId, survivorId) {
      const [loser, survivor] = [nodeOf(loserId), numberOf(survivorId, 'last')];
      if (loser === undefined) numbers.set(loserId, survivor);
      if (loser === undefined || loser === survivor) return;
      const [above, below] = [[...into(loser)].reverse(), [...outOf(loser)].reverse()];
      const isGone = (edge: number) =>
        became.has(table.edges[edge * STRIDE + FROM]!) || became.has(table.edges[edge * STRIDE + TO]!);
      for (const edge of [...above, ...below]) if (!isGone(edge)) live--;
      became.set(loser, survivor);
      for (const edge of above) redraw(standing(table.edges[edge * STRIDE + FROM]!), survivor, table.kind[edge]!);
      for (const edge of below) redraw(survivor, standing(table.edges[edge * STRIDE + TO]!), table.kind[edge]!);
    },
    ancestors(party, program) {
      const start = nodeOf(party);
      const counts = program === undefined ? () => true : isOf(programs.get(program) ?? programs.size);
      if (start === undefined) return [];
      const seen = new Set([start]);
      for (const node of seen) {
        for (const edge of into(node)) if (counts(table.kind[edge]!)) seen.add(table.edges[edge * STRIDE + FROM]!);
      }
      const found = new Set(became.size === 0 ? seen : Array.from(seen, standing));
      found.delete(start);
      return Array.from(found, (node) => ids[node]!);
    },
    chainOf(party, program) {
      const kind = program === undefined ? null : (programs.get(program) ?? programs.size);
      const chain = new Set<number>();
      let node = nodeOf(party) ?? -1;
      for (; node >= 0 && !chain.has(node); node = standing(firstInto(node, kind))) chain.add(node);
      return Array.from(chain, (it) => ids[it]!).reverse();
    },
  };
}

/**
 * Steps after which a search for any way at all gives up, for each edge that a party has on average: where many ways lead
 * down it has met one by then. Measured on the shapes of the bench, as is the most that it may take.
 */
const [PROBE, LONGEST_PROBE] = [512, 8192];
const isOrdered = (kind: number) => kind >= 0;
const isOf = (program: number) => (kind: number) => kind === program || kind === ~program;
