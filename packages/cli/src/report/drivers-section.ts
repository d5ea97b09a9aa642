import type { RetentionModel } from '@holdfast/core';
import * as Plot from '@observablehq/plot';
import { count } from '../text/format.ts';
import { drawTwice, INK } from './draw-chart.ts';
import { emptyLine } from './html.ts';
import type { DriverSum } from './report-pictures.ts';

const SHOWN = 10;
const UP = '#c0392b';
const DOWN = '#2a7f62';
const TITLES: Readonly<Record<RetentionModel, string>> = {
  contract: 'Contract accounts',
  orders: 'Order-based accounts',
};

/** What drives risk over the whole book, the two models apart. */
export function driversSection(drivers: readonly DriverSum[]): string {
  const parts = (['contract', 'orders'] as const).flatMap((model) => {
    const own = drivers.filter((it) => it.model === model && (it.up > 0 || it.down < 0));
    return own.length === 0 ? [] : [`<h3>${TITLES[model]}</h3>${chart(strongest(own), TITLES[model])}`];
  });
  return parts.length === 0
    ? emptyLine('No driver is known of any account yet: run `holdfast score`.')
    : parts.join('');
}

function strongest(drivers: readonly DriverSum[]): readonly DriverSum[] {
  const size = ({ up, down }: DriverSum) => up - down;
  return [...drivers].sort((a, b) => size(b) - size(a) || a.title.localeCompare(b.title)).slice(0, SHOWN);
}

function chart(rows: readonly DriverSum[], title: string): string {
  const most = Math.max(...rows.flatMap(({ up, down }) => [up, -down]));
  return drawTwice((width, narrow) => ({
    width,
    height: 60 + rows.length * (narrow ? 42 : 30),
    marginLeft: narrow ? 12 : 250,
    marginRight: 12,
    marginBottom: 42,
    ariaLabel: `${title}: what raises and what lowers the risk`,
    // Room for the counts at both ends.
    x: {
      domain: [-most * (narrow ? 1.25 : 1.12), most * (narrow ? 1.25 : 1.12)],
      label: '← lowers the risk · sum of log-odds · raises it →',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: narrow ? 4 : 8,
      grid: true,
    },
    y: { label: null, domain: rows.map((it) => it.title), ...(narrow ? { axis: null } : {}) },
    marks: [
      Plot.barX(rows, {
        x1: 0,
        x2: 'up',
        y: 'title',
        fill: UP,
        fillOpacity: 0.85,
        insetTop: narrow ? 16 : 3,
        insetBottom: 3,
      }),
      Plot.barX(rows, {
        x1: 'down',
        x2: 0,
        y: 'title',
        fill: DOWN,
        fillOpacity: 0.85,
        insetTop: narrow ? 16 : 3,
        insetBottom: 3,
      }),
      Plot.text(rows, {
        x: 'up',
        y: 'title',
        text: (it: DriverSum) => some(it.raises),
        textAnchor: 'start',
        dx: 5,
        dy: narrow ? 7 : 0,
      }),
      Plot.text(rows, {
        x: 'down',
        y: 'title',
        text: (it: DriverSum) => some(it.lowers),
        textAnchor: 'end',
        dx: -5,
        dy: narrow ? 7 : 0,
      }),
      ...(narrow
        ? [Plot.text(rows, { frameAnchor: 'left', y: 'title', text: 'title', textAnchor: 'start', dy: -13, fill: INK })]
        : []),
      Plot.ruleX([0], { stroke: INK }),
    ],
  }));
}

const some = (accounts: number): string => (accounts === 0 ? '' : count(accounts));
