import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** The colour of text and lines in every chart. */
export const INK = '#1f2933';
/** Lines and words that stand back. */
export const SOFT = '#5b6673';

/** Each chart is drawn twice, for a screen and for a telephone; the style shows one. */
const WIDE = 1000;
const NARROW = 350;

type Document = NonNullable<Plot.PlotOptions['document']>;

/** Draws a chart at both widths as inline SVG; what it says is decided by the caller for each width. */
export function drawTwice(draw: (width: number, narrow: boolean) => Plot.PlotOptions): string {
  return `<div class="on-screen">${svg(draw(WIDE, false))}</div><div class="on-telephone">${svg(draw(NARROW, true))}</div>`;
}

function svg(options: Plot.PlotOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({
    ...options,
    document: document as unknown as Document,
    style: { fontFamily: 'inherit', fontSize: '12px', color: INK, background: 'transparent' },
  });
  return String(drawn.outerHTML ?? drawn);
}
