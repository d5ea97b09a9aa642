import type { DrawnChain, Id } from '@holdfast/core';
import { count, escapeHtml, words } from '../text/format.ts';
import { INK, SOFT } from './draw-chart.ts';
import { apart, fitName, textWidth } from './fit-text.ts';
import { stateColour, stateKind, stateMark } from './state-marks.ts';

const WIDE = 1000;
const NARROW = 350;
const ROW = 26;
const MOST_COLUMN = 330;
const INDENT = 18;
/** From a mark to its text, and between a text and the line that leaves it. */
const GAP = 12;
/** Further introductions beside the first ones; more would hide them. */
const MOST_ALSO = 20;

/** What one place of a chain is drawn with. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly text: string;
}

/** A chain as SVG at both widths: from left to right on a screen, an indented list on a telephone. */
export function drawChain(chain: DrawnChain, nameOf: (id: Id) => string): string {
  const title = `${apart(nameOf(chain.rootId))} and those whom it led to, ${count(chain.parties - 1)} in ${count(chain.steps)} ${chain.steps === 1 ? 'step' : 'steps'}`;
  return `<div class="on-screen">${svg(title, WIDE, chain, columnSpots(chain, nameOf), curve)}</div><div class="on-telephone">${svg(title, NARROW, chain, listSpots(chain, nameOf), elbow)}</div>`;
}

type Place = DrawnChain['places'][number];
type Spots = ReadonlyMap<Place, Spot>;
type Draw = (from: Spot, to: Spot) => string;

const textOf = (it: Place, nameOf: (id: Id) => string) =>
  it.kind === 'party' ? nameOf(it.id) : `+ ${count(it.count)} more`;

/** Layers become columns; a referrer stands at the middle of those whom it introduced. */
function columnSpots({ places }: DrawnChain, nameOf: (id: Id) => string): Spots {
  const columns = Math.max(...places.map((it) => it.layer)) + 1;
  const column = Math.min(MOST_COLUMN, WIDE / columns);
  const spot = (it: Place): Spot => {
    const room = column - 3 * GAP;
    return { x: it.layer * column + 8, y: it.row * ROW + ROW / 2, room, text: fitName(textOf(it, nameOf), room) };
  };
  return new Map(places.map((it) => [it, spot(it)]));
}

/** The same as an indented list: whoever was introduced stands below whoever did it. */
function listSpots({ places, lines, rootId }: DrawnChain, nameOf: (id: Id) => string): Spots {
  const spots = new Map<Place, Spot>();
  const add = (it: Place): void => {
    const x = it.layer * INDENT + 8;
    const room = NARROW - x - GAP - 4;
    spots.set(it, { x, y: spots.size * ROW + ROW / 2, room, text: fitName(textOf(it, nameOf), room) });
    if (it.kind !== 'party') return;
    const below = new Set(lines.flatMap(({ kind, from, to }) => (kind === 'first' && from === it.id ? [to] : [])));
    const own = places.filter((other) => (other.kind === 'party' ? below.has(other.id) : other.referrerId === it.id));
    for (const other of own.sort((a, b) => a.row - b.row)) add(other);
  };
  const root = places.find((it) => it.kind === 'party' && it.id === rootId);
  if (root) add(root);
  return spots;
}

const curve: Draw = (from, to) => {
  const x = from.x + GAP + Math.min(from.room, textWidth(from.text)) + 4;
  const middle = (x + to.x - GAP) / 2;
  return `M${round(x)} ${round(from.y)}C${round(middle)} ${round(from.y)} ${round(middle)} ${round(to.y)} ${round(to.x - 9)} ${round(to.y)}`;
};

const elbow: Draw = (from, to) => `M${round(from.x)} ${round(from.y + 9)}V${round(to.y)}H${round(to.x - 8)}`;

function svg(title: string, width: number, chain: DrawnChain, spots: Spots, draw: Draw): string {
  const height = Math.ceil(Math.max(...[...spots.values()].map((it) => it.y)) + ROW / 2);
  const places = [...spots].map(([place, spot]) => label(place, spot, stateOf(chain, place)));
  return `<svg class="chain" role="img" aria-label="${escapeHtml(title)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${links(chain, spots, draw)}${places.join('')}</svg>`;
}

/** The state of the introduction that brought a party here; the first referrer has none. */
function stateOf({ lines }: DrawnChain, place: Place): string | null {
  if (place.kind !== 'party') return null;
  return lines.find((it) => it.kind === 'first' && it.to === place.id)?.state ?? null;
}

function links({ lines, places }: DrawnChain, spots: Spots, draw: Draw): string {
  const byId = new Map(places.flatMap((it) => (it.kind === 'party' ? [[it.id, spots.get(it)] as const] : [])));
  const between = (from: Spot | undefined, to: Spot | undefined, style: string) =>
    from && to ? `<path d="${draw(from, to)}" fill="none" ${style}/>` : '';
  const first = lines.filter((it) => it.kind === 'first');
  const also = new Map(lines.flatMap((it) => (it.kind === 'also' ? [[`${it.from} ${it.to}`, it] as const] : [])));
  const rest = places.flatMap((it) => (it.kind === 'more' ? [it] : []));
  return [
    ...[...also.values()]
      .slice(0, MOST_ALSO)
      .map((it) =>
        between(byId.get(it.from), byId.get(it.to), `stroke="${SOFT}" stroke-dasharray="2 4" opacity="0.7"`),
      ),
    ...first.map((it) => {
      const kind = stateKind(it.state);
      const dash = kind === 'ended' ? ' stroke-dasharray="5 3"' : '';
      return between(byId.get(it.from), byId.get(it.to), `stroke="${stateColour(kind)}" stroke-width="1.4"${dash}`);
    }),
    ...rest.map((it) => between(byId.get(it.referrerId), spots.get(it), `stroke="${SOFT}" stroke-dasharray="1 3"`)),
  ].join('');
}

function label(place: Place, { x, y, text }: Spot, state: string | null): string {
  const mark = state === null ? '' : stateMark(stateKind(state), round(x), round(y));
  const look =
    place.kind === 'more'
      ? `fill="${SOFT}" font-style="italic"`
      : `fill="${INK}"${state === null ? ' font-weight="600"' : ''}`;
  const from = state === null && place.kind === 'party' ? x - 6 : x + GAP;
  const said = state === null ? '' : `<title>${escapeHtml(words(state))}</title>`;
  return `<g>${said}${mark}<text x="${round(from)}" y="${round(y + 4)}" ${look}>${escapeHtml(text)}</text></g>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
