import * as Plot from '@observablehq/plot';
import { count, money } from '../text/format.ts';
import { drawTwice } from './draw-chart.ts';
import { emptyLine } from './html.ts';
import { type PortfolioBin, portfolioBins } from './portfolio-bins.ts';
import type { ReportInput } from './report-input.ts';

/** Colours of the bands; each is also said in words wherever it stands. */
export const BAND_COLOURS = {
  healthy: '#2a7f62',
  watch: '#c98a12',
  at_risk: '#c0392b',
  not_scored: '#8a8f98',
} as const;
const BAND_TITLES = { healthy: 'healthy', watch: 'watch', at_risk: 'at risk', not_scored: 'not scored' } as const;

/** Above this many accounts the dots become counts on a grid: a page must stay light. */
const MOST_DOTS = 3000;

/** Whether the portfolio is shown as counts on a grid: too many accounts for dots. */
export function isCrowd(input: ReportInput): boolean {
  return input.portfolio.length > MOST_DOTS;
}

/** The book by what it is worth (a logarithmic scale) and how it stands. */
export function portfolioChart(input: ReportInput): string {
  const decimals = 10 ** fraction(input.currency);
  const rows = input.portfolio
    .map((account) => ({ ...account, worth: account.value.minor / decimals }))
    .filter(({ worth }) => worth > 0);
  if (rows.length === 0) return emptyLine('No account of the book has a known value yet.');
  const { color, mark } = isCrowd(input) ? crowd(rows) : dots(rows);
  return drawTwice((width, narrow) => ({
    width,
    height: narrow ? 300 : 420,
    marginLeft: 44,
    marginBottom: 42,
    ariaLabel: 'Accounts by value per year and health score',
    x: {
      type: 'log',
      label: `Value per year (${input.currency}) →`,
      tickFormat: '~s',
      ticks: narrow ? 4 : 8,
      grid: true,
    },
    y: { label: '↑ Health score', domain: [0, 100], grid: true },
    color,
    marks: [mark],
  }));
}

type Row = ReportInput['portfolio'][number] & { readonly worth: number };
interface Picture {
  readonly color: NonNullable<Plot.PlotOptions['color']>;
  readonly mark: Plot.Markish;
}

function dots(rows: readonly Row[]): Picture {
  const bands = ['at_risk', 'watch', 'healthy'] as const;
  return {
    color: { domain: bands.map((band) => BAND_TITLES[band]), range: bands.map((band) => BAND_COLOURS[band]) },
    mark: Plot.dot(rows, {
      x: 'worth',
      y: 'healthScore',
      r: 3,
      fill: ({ band }: Row) => BAND_TITLES[band],
      fillOpacity: 0.55,
      title: ({ name, healthScore, value }: Row) => `${name}: ${healthScore}, ${money(value)} a year`,
    }),
  };
}

function crowd(rows: readonly Row[]): Picture {
  return {
    color: { type: 'log', scheme: 'blues' },
    mark: Plot.rect(portfolioBins(rows), {
      x1: 'worthFrom',
      x2: 'worthTo',
      y1: 'scoreFrom',
      y2: 'scoreTo',
      fill: 'accounts',
      inset: 0.5,
      title: ({ accounts, scoreFrom, scoreTo }: PortfolioBin) =>
        `${count(accounts)} accounts with a score of ${scoreFrom} to ${scoreTo}`,
    }),
  };
}

/** How much is known, feature by feature. */
export function coverageChart(input: ReportInput): string {
  if (input.coverage.length === 0) return emptyLine('Nothing was scored yet.');
  const rows = [...input.coverage].sort((a, b) => b.share - a.share || a.title.localeCompare(b.title));
  return drawTwice((width, narrow) => ({
    width,
    height: 64 + rows.length * 22,
    marginLeft: narrow ? 222 : 260,
    marginRight: 48,
    marginBottom: 44,
    ariaLabel: 'Share of accounts for which each feature is known',
    x: {
      domain: [0, 1],
      tickFormat: '.0%',
      ticks: narrow ? 2 : 10,
      label: narrow ? 'Known →' : 'Known for this share of accounts →',
      grid: true,
    },
    y: { label: null, domain: rows.map(({ title }) => title) },
    marks: [
      Plot.barX(rows, { x: 'share', y: 'title', fill: '#3b6ea5', fillOpacity: 0.8 }),
      Plot.text(rows, {
        x: 'share',
        y: 'title',
        text: ({ share }: { share: number }) => `${Math.round(share * 100)} %`,
        textAnchor: 'start',
        dx: 4,
      }),
    ],
  }));
}

/** Calls made beside the fewest that would have done. */
export function callsChart(input: ReportInput): string {
  const rows = input.calls.flatMap(({ what, calls, minimum }) => [
    { what, kind: 'made', calls },
    ...(minimum === null ? [] : [{ what, kind: 'minimum', calls: minimum }]),
  ]);
  if (rows.length === 0) return emptyLine('No call was counted in this run.');
  return drawTwice((width, narrow) => ({
    width,
    height: 74 + input.calls.length * 44,
    marginLeft: narrow ? 110 : 160,
    marginRight: 100,
    marginBottom: 44,
    ariaLabel: 'API calls made and the minimum',
    x: { label: 'Calls →', grid: true },
    y: { label: null, axis: null, domain: ['made', 'minimum'] },
    fy: { label: null, domain: input.calls.map(({ what }) => what) },
    color: { domain: ['made', 'minimum'], range: ['#3b6ea5', '#b9c7d6'] },
    marks: [
      Plot.barX(rows, { x: 'calls', y: 'kind', fy: 'what', fill: 'kind' }),
      Plot.text(rows, {
        x: 'calls',
        y: 'kind',
        fy: 'what',
        text: ({ calls, kind }: { calls: number; kind: string }) => `${calls} ${kind}`,
        textAnchor: 'start',
        dx: 4,
      }),
      Plot.axisFy({ anchor: 'left', label: null, textAnchor: 'end', dx: -8 }),
    ],
  }));
}

function fraction(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
