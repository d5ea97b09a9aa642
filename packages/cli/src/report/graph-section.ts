import type { GraphLayout, Id } from '@holdfast/core';
import { count, words } from '../text/format.ts';
import { drawChain, laterInPicture, laterLines } from './draw-chain.ts';
import { apart } from './fit-text.ts';
import { emptyLine, figureTable, sentences } from './html.ts';
import { markLegend } from './state-marks.ts';

/** Who led to whom: the largest chains as pictures, what is not drawn said, and all that is drawn as a table too. */
export function graphSection({ chains, more }: GraphLayout, nameOf: (id: Id) => string): string {
  if (chains.length === 0) return emptyLine('No introduction stands so far: each claim was refused or withdrawn.');
  const drawn = chains.map((it) => drawChain(it, nameOf)).join('');
  const left =
    more.chains === 0
      ? []
      : [`Not drawn: ${some(more.chains, 'smaller chain')} of ${count(more.parties)} accounts in all.`];
  const later = chains.reduce((sum, it) => sum + laterLines(it.lines).length - laterInPicture(it).length, 0);
  if (later > 0) left.push(`${some(later, 'later introduction')} would cross the picture: in the table only.`);
  return `${markLegend()}${drawn}${sentences(left)}${asTable(chains, nameOf)}`;
}

function asTable(chains: GraphLayout['chains'], nameOf: (id: Id) => string): string {
  const lines = chains.flatMap((it) => [...it.lines.filter(({ kind }) => kind === 'first'), ...laterLines(it.lines)]);
  const once = lines.slice(0, MOST_ROWS);
  const rows = once.map((it) => [
    apart(nameOf(it.from)),
    apart(nameOf(it.to)),
    `${words(it.state)}${it.kind === 'also' ? ' (not the first)' : ''}`,
  ]);
  const said = `${some(once.length, 'introduction')} of the pictures above${lines.length > once.length ? `, of ${count(lines.length)}` : ''}`;
  const table = figureTable(said, ['referrer', 'introduced', 'state'], rows, 'names');
  return `<details><summary>The same as a table</summary>${table}</details>`;
}

const MOST_ROWS = 200;

function some(n: number, what: string): string {
  return `${count(n)} ${what}${n === 1 ? '' : 's'}`;
}
