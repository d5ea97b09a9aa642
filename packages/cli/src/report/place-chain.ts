import type { DrawnChain, Id } from '@holdfast/core';
import { count } from '../text/format.ts';
import { fitName, textWidth } from './fit-text.ts';

/** Widths of a chain on a screen and on a telephone, the height of a line, and the space between a mark and its text. */
export const CHAIN = { wide: 1000, narrow: 350, row: 26, gap: 12 };
const MOST_COLUMN = 330;
const INDENT = 18;
const BOLD = 1.12;

/** A party, or "+ n more" below it, at a point of the picture in pixels. */
export interface ChainSpot {
  readonly id: Id;
  readonly x: number;
  readonly y: number;
  readonly name: string;
  /** "+ n more": behind the name of a party that nobody is drawn below, else instead of a name. */
  readonly rest: string;
  /** Of the introduction that brought it here; `null`: the first referrer, or a rest. */
  readonly state: string | null;
  readonly parent: ChainSpot | null;
}

type Place = DrawnChain['places'][number];
/** What is drawn below a party, from above. */
type Children = ReadonlyMap<Id, readonly Place[]>;

/** From left to right: a layer is a column, a referrer stands at the middle of those whom it introduced. */
export function chainInColumns(chain: DrawnChain, nameOf: (id: Id) => string): readonly ChainSpot[] {
  const below = drawnBelow(chain);
  const layers = [...below.values()].flat().map((it) => it.layer);
  const column = Math.min(MOST_COLUMN, CHAIN.wide / (Math.max(0, ...layers) + 1));
  return placeAll(chain, below, nameOf, ({ layer, row }) => ({
    ...{ x: layer * column + 8, y: (row + 0.5) * CHAIN.row, room: column - 3 * CHAIN.gap },
  }));
}

/** The same as an indented list: whoever was introduced stands below whoever did it. */
export function chainAsList(chain: DrawnChain, nameOf: (id: Id) => string): readonly ChainSpot[] {
  return placeAll(chain, drawnBelow(chain), nameOf, ({ layer }, line) => {
    const x = layer * INDENT + 8;
    return { x, y: (line + 0.5) * CHAIN.row, room: CHAIN.narrow - x - CHAIN.gap - 4 };
  });
}

/** A rest is a place of its own only beside parties that are drawn. */
function drawnBelow({ places, lines }: DrawnChain): Children {
  const referrers = new Map(lines.flatMap((it) => (it.kind === 'first' ? [[it.to, it.from]] : [])));
  const below = new Map<Id, Place[]>();
  for (const it of [...places].sort((a, b) => a.row - b.row)) {
    const referrer = it.kind === 'party' ? referrers.get(it.id) : it.referrerId;
    if (referrer !== undefined) below.set(referrer, [...(below.get(referrer) ?? []), it]);
  }
  return new Map([...below].filter(([, of]) => of.some((it) => it.kind === 'party')));
}

function placeAll(
  { places, lines, rootId }: DrawnChain,
  below: Children,
  nameOf: (id: Id) => string,
  at: (place: Place, line: number) => { readonly x: number; readonly y: number; readonly room: number },
): readonly ChainSpot[] {
  const states = new Map(lines.flatMap((it) => (it.kind === 'first' ? [[it.to, it.state]] : [])));
  const rests = new Map(
    places.flatMap((it) => (it.kind === 'more' ? [[it.referrerId, `+ ${count(it.count)} more`]] : [])),
  );
  const spots: ChainSpot[] = [];
  const add = (place: Place, parent: ChainSpot | null): void => {
    const { room, ...point } = at(place, spots.length);
    const isParty = place.kind === 'party';
    const id = isParty ? place.id : place.referrerId;
    const children = isParty ? (below.get(id) ?? []) : [];
    const rest = children.length > 0 ? '' : (rests.get(id) ?? '');
    const free = room - (rest === '' ? 0 : textWidth(rest) + 8);
    // the first referrer is written in bold, which is wider
    const name = isParty ? fitName(nameOf(id), parent === null ? free / BOLD : free) : '';
    const spot = { id, ...point, name, rest, state: isParty ? (states.get(id) ?? null) : null, parent };
    spots.push(spot);
    for (const it of children) add(it, spot);
  };
  const root = places.find((it) => it.kind === 'party' && it.id === rootId);
  if (root) add(root, null);
  return spots;
}
