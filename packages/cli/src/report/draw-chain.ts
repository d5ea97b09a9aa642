import type { DrawnChain, Id } from '@holdfast/core';
import { count, escapeHtml, words } from '../text/format.ts';
import { INK, SOFT } from './draw-chart.ts';
import { apart, textWidth } from './fit-text.ts';
import { CHAIN, type ChainSpot, chainAsList, chainInColumns } from './place-chain.ts';
import { stateColour, stateKind, stateMark } from './state-marks.ts';

/** Further introductions beside the first ones; more would hide them. */
const MOST_ALSO = 20;

/** A chain as SVG at both widths: from left to right on a screen, an indented list on a telephone. */
export function drawChain(chain: DrawnChain, nameOf: (id: Id) => string): string {
  const [wide, list] = [chainInColumns(chain, nameOf), chainAsList(chain, nameOf)];
  const title = titleOf(chain, nameOf);
  const onScreen = [...alsoLines(chain, wide), ...wide.map(branch), ...wide.map(label)];
  const onTelephone = [...list.map(elbow), ...list.map(label)];
  return `<div class="on-screen">${svg(title, CHAIN.wide, wide, onScreen)}</div><div class="on-telephone">${svg(title, CHAIN.narrow, list, onTelephone)}</div>`;
}

function titleOf({ rootId, parties, steps }: DrawnChain, nameOf: (id: Id) => string): string {
  return `${apart(nameOf(rootId))} and those whom it led to: ${count(parties - 1)} in ${steps === 1 ? 'one step' : `${count(steps)} steps`}`;
}

function svg(title: string, width: number, spots: readonly ChainSpot[], parts: readonly string[]): string {
  const height = Math.ceil(Math.max(...spots.map((it) => it.y)) + CHAIN.row / 2);
  return `<svg class="chain" role="img" aria-label="${escapeHtml(title)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`;
}

/** The line by which a party hangs; broken where nothing came of it, dotted to a rest. */
function branch(spot: ChainSpot): string {
  const { parent, state } = spot;
  if (parent === null) return '';
  const path = `<path d="${curve(parent, spot)}" fill="none"`;
  if (state === null) return `${path} stroke="${SOFT}" stroke-dasharray="1 3"/>`;
  const kind = stateKind(state);
  const dash = kind === 'ended' ? ' stroke-dasharray="5 3"' : '';
  return `${path} stroke="${stateColour(kind)}" stroke-width="1.4"${dash}/>`;
}

/** The same in a list, where lines lie on each other: in one colour, the mark says the state. */
function elbow({ parent, x, y }: ChainSpot): string {
  if (parent === null) return '';
  return `<path d="M${at(parent.x, parent.y + 9)}V${round(y)}H${round(x - 8)}" fill="none" stroke="${SOFT}"/>`;
}

type Path = (from: ChainSpot, to: ChainSpot) => string;

/** Later introductions by somebody else than the party hangs below. */
function alsoLines(chain: DrawnChain, spots: readonly ChainSpot[]): readonly string[] {
  const byId = new Map(spots.flatMap((it) => (it.name === '' ? [] : [[it.id, it]])));
  const also = laterInPicture(chain).map(({ from, to }) => [byId.get(from), byId.get(to)] as const);
  const paths = also.flatMap(([from, to]) => (from && to ? [to.x > from.x ? curve(from, to) : bow(from, to)] : []));
  return paths.map((path) => `<path d="${path}" fill="none" stroke="${SOFT}" stroke-dasharray="2 3"/>`);
}

/** Those that a picture takes: a line back to an earlier column would run through the names. */
export function laterInPicture({ lines, places }: DrawnChain): DrawnChain['lines'] {
  const layers = new Map(places.flatMap((it) => (it.kind === 'party' ? [[it.id, it.layer]] : [])));
  const layer = (id: Id) => layers.get(id) ?? 0;
  return laterLines(lines)
    .filter((it) => layer(it.from) <= layer(it.to))
    .slice(0, MOST_ALSO);
}

/** Each pair once, and none that a first introduction joins: two programs may know of one introduction. */
export function laterLines(lines: DrawnChain['lines']): DrawnChain['lines'] {
  const pairOf = (it: DrawnChain['lines'][number]) => `${it.from} ${it.to}`;
  const first = new Set(lines.filter((it) => it.kind === 'first').map(pairOf));
  const also = lines.filter((it) => it.kind === 'also' && !first.has(pairOf(it)));
  return [...new Map(also.map((it) => [pairOf(it), it])).values()];
}

const behind = (it: ChainSpot): number =>
  it.x + CHAIN.gap + textWidth(it.name) + (it.rest === '' ? 0 : textWidth(it.rest) + 8);

const curve: Path = (from, to) => {
  const x = behind(from);
  const middle = (x + to.x - CHAIN.gap) / 2;
  return `M${at(x, from.y)}C${at(middle, from.y)} ${at(middle, to.y)} ${at(to.x - 9, to.y)}`;
};

/** To a party in the same column: around the right side of the names. */
const bow: Path = (from, to) => {
  const [x, end] = [behind(from), behind(to)];
  const far = Math.min(CHAIN.wide - 2, Math.max(x, end) + 40);
  return `M${at(x, from.y)}C${at(far, from.y)} ${at(far, to.y)} ${at(end, to.y)}`;
};

function label({ x, y, name, rest, state, parent }: ChainSpot): string {
  const isRoot = parent === null;
  const mark =
    state === null
      ? ''
      : `<title>${escapeHtml(words(state))}</title>${stateMark(stateKind(state), round(x), round(y))}`;
  const from = isRoot ? x - 6 : x + CHAIN.gap;
  const text = name === '' ? '' : `<tspan${isRoot ? ' font-weight="600"' : ''}>${escapeHtml(name)}</tspan>`;
  const more =
    rest === '' ? '' : `<tspan${name === '' ? '' : ' dx="8"'} fill="${SOFT}" font-style="italic">${rest}</tspan>`;
  return `<g>${mark}<text x="${round(from)}" y="${round(y + 4)}" fill="${INK}">${text}${more}</text></g>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const at = (x: number, y: number): string => `${round(x)} ${round(y)}`;
