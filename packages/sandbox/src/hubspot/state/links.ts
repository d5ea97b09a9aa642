/**
 * Links between records of two types, in both directions. One flat list `[to, type, to, type, ...]` per record keeps
 * a hundred thousand linked records small.
 */
export interface Links {
  readonly byPair: Map<string, Map<number, number[]>>;
  /** What makes the links of a pair of types when they are first asked for. */
  readonly later: Map<string, () => void>;
}

/** No links. */
export function createLinks(): Links {
  return { byPair: new Map(), later: new Map() };
}

/** The links of one record towards one type, in the order in which they were made; do not keep or change the array. */
export function linksOf(links: Links, from: string, to: string, id: number): readonly number[] {
  return listsOf(links, from, to)?.get(id) ?? none;
}

const none: readonly number[] = [];

/** Adds one direction of a link. False when it was there already. */
export function addLink(links: Links, from: string, to: string, id: number, toId: number, type: number): boolean {
  return addTo(pairOf(links, from, to), id, toId, type);
}

/** The lists of one pair of types, if there are any. */
export function listsOf(links: Links, from: string, to: string): Map<number, number[]> | undefined {
  const pair = `${from}>${to}`;
  if (links.later.size > 0) links.later.get(pair)?.();
  return links.byPair.get(pair);
}

/** The lists of one pair of types, made when there are none yet. */
export function pairOf(links: Links, from: string, to: string): Map<number, number[]> {
  const known = listsOf(links, from, to) ?? new Map<number, number[]>();
  links.byPair.set(`${from}>${to}`, known);
  return known;
}

/** Makes all links between two types, in both directions, when the first of them is asked for. */
export function putOffLinks(links: Links, one: string, other: string, work: () => void): void {
  const pairs = [`${one}>${other}`, `${other}>${one}`];
  const once = () => {
    for (const pair of pairs) links.later.delete(pair);
    work();
  };
  for (const pair of pairs) links.later.set(pair, once);
}

/** Adds a link to the lists of its pair. False when it was there already. */
export function addTo(byId: Map<number, number[]>, id: number, toId: number, type: number): boolean {
  const flat = byId.get(id);
  if (flat === undefined) {
    byId.set(id, [toId, type]);
    return true;
  }
  for (let i = 0; i < flat.length; i += 2) if (flat[i] === toId && flat[i + 1] === type) return false;
  flat.push(toId, type);
  return true;
}

/** Removes one direction of a link, or of every type when none is given. Returns the types removed. */
export function dropLink(
  links: Links,
  from: string,
  to: string,
  id: number,
  toId: number,
  type?: number,
): readonly number[] {
  const byId = listsOf(links, from, to);
  const flat = byId?.get(id);
  if (byId === undefined || flat === undefined) return [];
  const removed: number[] = [];
  const kept: number[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    const [other, otherType] = [flat[i] as number, flat[i + 1] as number];
    if (other === toId && (type === undefined || type === otherType)) removed.push(otherType);
    else kept.push(other, otherType);
  }
  if (kept.length === 0) byId.delete(id);
  else byId.set(id, kept);
  return removed;
}

/** The distinct records that one record is linked to, in order. */
export function targetsOf(links: Links, from: string, to: string, id: number): readonly number[] {
  const flat = linksOf(links, from, to, id);
  if (flat.length === 2) return [flat[0] as number];
  const targets = new Set<number>();
  for (let i = 0; i < flat.length; i += 2) targets.add(flat[i] as number);
  return [...targets];
}

/** The types of the links between two records. */
export function typesBetween(links: Links, from: string, to: string, id: number, toId: number): readonly number[] {
  const flat = linksOf(links, from, to, id);
  const types: number[] = [];
  for (let i = 0; i < flat.length; i += 2) if (flat[i] === toId) types.push(flat[i + 1] as number);
  return types;
}
