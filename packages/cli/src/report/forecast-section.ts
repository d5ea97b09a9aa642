import { currencyDecimals } from '@holdfast/core';
import * as Plot from '@observablehq/plot';
import { chance, count, escapeHtml, money } from '../text/format.ts';
import { drawTwice, INK } from './draw-chart.ts';
import { emptyLine, figureTable, sentences } from './html.ts';
import type { ReportForecast } from './report-forecast.ts';

const CLASSES = ['committed', 'likely', 'at risk'] as const;
const COLOURS = ['#2a7f62', '#c98a12', '#c0392b'] as const;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

type Month = ReportForecast['forecast']['months'][number];

/** Renewals by the month of their decision, and how the forecast before the last quarter did. */
export function forecastSection(kept: ReportForecast | null): string {
  if (kept === null) return emptyLine('No forecast was made yet: run `holdfast forecast`.');
  const { months, borders, madeOn } = kept.forecast;
  if (months.every((it) => it.renewals === 0))
    return emptyLine(`No renewal is due in the months after ${madeOn}.`) + quarter(kept);
  const legend = CLASSES.map(
    (name, at) => `<span class="key"><i style="background:${COLOURS[at] ?? INK}"></i>${name}</span>`,
  ).join('');
  return `<p class="lead">Made on ${escapeHtml(madeOn)}. Committed: chance of loss under ${chance(borders.committedBelow)}; at risk: from ${chance(borders.atRiskFrom)}; both borders are assumptions. The circle is what is expected to be renewed, the dark line its 90 % interval.${legend}</p>
${sentences(kept.chances?.note ? [kept.chances.note] : [])}${chart(kept)}${table(kept)}${quarter(kept)}`;
}

function chart({ forecast }: ReportForecast): string {
  const unit = 10 ** currencyDecimals(forecast.currency);
  const bars = forecast.months.flatMap((it) =>
    CLASSES.map((name) => ({
      month: it.month,
      name,
      amount: it.classes[name].due / unit,
      renewals: it.classes[name].renewals,
    })),
  );
  const ranges = forecast.months.flatMap(({ month, interval, expected }) =>
    interval ? [{ month, low: interval[0] / unit, high: interval[1] / unit, expected: expected / unit }] : [],
  );
  return drawTwice((width, narrow) => ({
    width,
    height: narrow ? 300 : 360,
    marginLeft: 52,
    marginBottom: 48,
    ariaLabel: 'Recurring revenue up for renewal by month of decision',
    x: { type: 'band', label: null, domain: forecast.months.map((it) => it.month), tickFormat: monthName(narrow) },
    y: { label: `↑ Up for renewal a year (${forecast.currency})`, tickFormat: '~s', grid: true, ticks: 6 },
    color: { domain: [...CLASSES], range: [...COLOURS] },
    marks: [
      Plot.barY(bars, {
        x: 'month',
        y: 'amount',
        fill: 'name',
        fillOpacity: 0.85,
        order: [...CLASSES],
        title: (it: (typeof bars)[number]) => `${it.name}: ${it.renewals} renewals`,
      }),
      Plot.ruleX(ranges, { x: 'month', y1: 'low', y2: 'high', stroke: INK, strokeWidth: narrow ? 2 : 3 }),
      Plot.dot(ranges, { x: 'month', y: 'expected', r: narrow ? 3 : 4, fill: '#fff', stroke: INK, strokeWidth: 1.5 }),
      Plot.ruleY([0]),
    ],
  }));
}

/** "Jan", with the year under the first month and under each January. */
function monthName(narrow: boolean) {
  return (month: string, at: number): string => {
    const [year = '', number = '1'] = month.split('-');
    const name = MONTHS[Number(number) - 1] ?? month;
    const short = narrow ? name.slice(0, 1) : name;
    return at === 0 || number === '01' ? `${short}\n${year}` : short;
  };
}

function table({ forecast: { months, currency } }: ReportForecast): string {
  const amount = (minor: number) => money({ minor: Math.round(minor), currency });
  const range = ({ interval }: Month) => (interval ? `${amount(interval[0])} to ${amount(interval[1])}` : 'not known');
  const rows = months
    .filter((it) => it.renewals > 0)
    .map((it) => [
      it.month,
      count(it.renewals),
      ...CLASSES.map((name) => amount(it.classes[name].due)),
      amount(it.expected),
      range(it),
    ]);
  const without = months.reduce((sum, it) => sum + it.withoutValue, 0);
  return (
    figureTable(
      'Recurring revenue a year by month of decision',
      ['month', 'renewals', ...CLASSES, 'expected', '90 % interval'],
      rows,
      'stacked',
    ) +
    sentences(without > 0 ? [`${count(without)} renewals without a known amount are counted and stand in no sum.`] : [])
  );
}

function quarter({ forecast: { currency }, lastQuarter }: ReportForecast): string {
  if (lastQuarter === null)
    return emptyLine('No forecast was made before the last fiscal quarter, so none can be judged yet.');
  const { from, to, madeOn, results } = lastQuarter;
  const amount = (minor: number) => money({ minor: Math.round(minor), currency });
  return figureTable(
    `Last quarter, ${from} to ${to}: the forecast of ${madeOn} against what came`,
    ['', 'decided', 'pending', 'kept, foreseen', 'kept', 'renewed, foreseen', 'renewed'],
    results.map((it) => [
      it.forecast,
      count(it.decided),
      count(it.pending),
      it.expectedKept.toFixed(1),
      count(it.kept),
      amount(it.expected),
      amount(it.renewed),
    ]),
    'stacked',
  );
}
