import { openReferralGraph } from '../../graph/open-referral-graph.ts';
import { groupBy } from '../../metrics/group-by.ts';
import type { Id } from '../../model/ids.ts';

/** An introduction to be drawn; the earliest one of a referred party makes its place in the picture. */
export interface DrawnIntroduction {
  readonly referrerId: Id;
  readonly referredId: Id;
  /** For the order and for what the line looks like. */
  readonly at: number;
  readonly state: string;
}

/** A party's place: `layer` counts steps from the first referrer (left to right), `row` lines from above, in halves. */
export interface PlacedParty {
  readonly kind: 'party';
  readonly id: Id;
  readonly layer: number;
  readonly row: number;
  /** Parties that it led to, at any distance. */
  readonly below: number;
}

/** Stands for parties that are not drawn: "and n more". */
export interface PlacedRest {
  readonly kind: 'more';
  readonly referrerId: Id;
  readonly layer: number;
  readonly row: number;
  readonly count: number;
}

/** All parties that hang together by first introductions. */
export interface DrawnChain {
  readonly rootId: Id;
  /** Parties in it, drawn or not, and steps of its longest way. */
  readonly parties: number;
  readonly steps: number;
  readonly rows: number;
  readonly places: readonly (PlacedParty | PlacedRest)[];
  /** `first`: the line that makes the picture; `also`: another introduction between two parties that are drawn in it. */
  readonly lines: readonly {
    readonly from: Id;
    readonly to: Id;
    readonly state: string;
    readonly kind: 'first' | 'also';
  }[];
}

export interface GraphLayout {
  /** The largest first. */
  readonly chains: readonly DrawnChain[];
  /** What is not drawn for want of room. */
  readonly more: { readonly chains: number; readonly parties: number };
}

/** How much a page holds. */
export interface LayoutRoom {
  readonly chains: number;
  /** Parties drawn beside each other under one referrer, and steps; what is beyond is summed up. */
  readonly referredOfOne: number;
  readonly steps: number;
  /** Parties drawn of one chain, those nearest to its first referrer first. */
  readonly partiesOfChain: number;
}

export const LAYOUT_ROOM: LayoutRoom = { chains: 12, referredOfOne: 8, steps: 6, partiesOfChain: 60 };

interface Tree {
  readonly referred: ReadonlyMap<Id, readonly DrawnIntroduction[]>;
  readonly below: ReadonlyMap<Id, number>;
  readonly steps: ReadonlyMap<Id, number>;
}

/**
 * Places for a drawing of who introduced whom that a person can read: each party hangs under its first referrer, in layers
 * from left to right, a referrer at the middle of those it introduced, no two places on one spot; the largest chains and
 * the largest branches first, the rest summed up. A circle, which only several programs can make, is cut at its latest line.
 */
export function layoutGraph(introductions: readonly DrawnIntroduction[], room: LayoutRoom = LAYOUT_ROOM): GraphLayout {
  const sorted = [...introductions].sort(byTime);
  const first = firstIntroductions(sorted);
  const { tree, roots } = growTree(sorted, first);
  const ranked = [...roots].sort((a, b) => tree.below.get(b)! - tree.below.get(a)! || (a < b ? -1 : 1));
  const hidden = ranked.slice(room.chains);
  return {
    chains: ranked.slice(0, room.chains).map((root) => drawChain(root, tree, sorted, first, room)),
    more: { chains: hidden.length, parties: hidden.reduce((sum, it) => sum + tree.below.get(it)! + 1, 0) },
  };
}

function byTime(a: DrawnIntroduction, b: DrawnIntroduction): number {
  const key = (it: DrawnIntroduction) => `${it.referrerId}\n${it.referredId}`;
  return a.at - b.at || (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}

/** Each party's first introduction that does not close a circle. */
function firstIntroductions(sorted: readonly DrawnIntroduction[]): ReadonlyMap<Id, DrawnIntroduction> {
  const graph = openReferralGraph();
  const first = new Map<Id, DrawnIntroduction>();
  for (const it of sorted) {
    const isFirst = !first.has(it.referredId) && graph.add(it.referrerId, it.referredId, '') === 'accepted';
    if (isFirst) first.set(it.referredId, it);
  }
  return first;
}

/** The trees of first introductions, with the size and depth below each party; branches by size. */
function growTree(sorted: readonly DrawnIntroduction[], first: ReadonlyMap<Id, DrawnIntroduction>) {
  const referred = groupBy([...first.values()], (it) => it.referrerId);
  const parties = new Set(sorted.flatMap((it) => [it.referrerId, it.referredId]));
  const roots = [...parties].filter((it) => !first.has(it));
  const order = [...roots];
  for (const party of order) for (const it of referred.get(party) ?? []) order.push(it.referredId);
  const below = new Map<Id, number>();
  const steps = new Map<Id, number>();
  for (const party of order.reverse()) {
    const children = referred.get(party) ?? [];
    below.set(
      party,
      children.reduce((sum, it) => sum + 1 + below.get(it.referredId)!, 0),
    );
    steps.set(
      party,
      children.reduce((most, it) => Math.max(most, 1 + steps.get(it.referredId)!), 0),
    );
    children.sort((a, b) => below.get(b.referredId)! - below.get(a.referredId)! || byTime(a, b));
  }
  const tree: Tree = { referred, below, steps };
  return { tree, roots };
}

/** Step by step from the first referrer, the largest branches of each first, until the page is full. */
function partiesInRoom(rootId: Id, { referred }: Tree, room: LayoutRoom): ReadonlySet<Id> {
  const chosen = new Set([rootId]);
  let layer: readonly Id[] = [rootId];
  for (let step = 0; step < room.steps; step++) {
    const next = layer.flatMap((id) => (referred.get(id) ?? []).slice(0, room.referredOfOne));
    layer = next.slice(0, room.partiesOfChain - chosen.size).map((it) => it.referredId);
    for (const id of layer) chosen.add(id);
  }
  return chosen;
}

function drawChain(
  rootId: Id,
  tree: Tree,
  sorted: readonly DrawnIntroduction[],
  first: ReadonlyMap<Id, DrawnIntroduction>,
  room: LayoutRoom,
): DrawnChain {
  const places: (PlacedParty | PlacedRest)[] = [];
  const roomFor = partiesInRoom(rootId, tree, room);
  let rows = 0;
  /** Recursion goes as deep as the page has steps; what has no room under a party is one place beside the others. */
  function place(id: Id, layer: number): number {
    const children = tree.referred.get(id) ?? [];
    const shown = children.filter((it) => roomFor.has(it.referredId));
    const own = shown.map((it) => place(it.referredId, layer + 1));
    const hidden = children.filter((it) => !roomFor.has(it.referredId));
    const count = hidden.reduce((sum, it) => sum + 1 + tree.below.get(it.referredId)!, 0);
    if (count > 0) {
      own.push(rows);
      places.push({ kind: 'more', referrerId: id, layer: layer + 1, row: rows++, count });
    }
    const row = own.length === 0 ? rows++ : (own[0]! + own.at(-1)!) / 2;
    places.push({ kind: 'party', id, layer, row, below: tree.below.get(id)! });
    return row;
  }
  place(rootId, 0);
  places.sort((a, b) => a.layer - b.layer || a.row - b.row);
  const drawn = new Set(places.flatMap((it) => (it.kind === 'party' ? [it.id] : [])));
  const lines = sorted
    .filter((it) => it.referrerId !== it.referredId && drawn.has(it.referrerId) && drawn.has(it.referredId))
    .map((it) => {
      const kind = first.get(it.referredId) === it ? ('first' as const) : ('also' as const);
      return { from: it.referrerId, to: it.referredId, state: it.state, kind };
    });
  return { rootId, parties: tree.below.get(rootId)! + 1, steps: tree.steps.get(rootId)!, rows, places, lines };
}
