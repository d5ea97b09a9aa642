import * as Plot from '@observablehq/plot';
import { drawTwice, SOFT } from './draw-chart.ts';
import type { ReportCard } from './report-card.ts';

type Bin = NonNullable<ReportCard['calibration']>['bins'][number];

/** Predicted chances against what happened, with Wilson intervals and the line where both agree. */
export function calibrationChart({ bins }: Pick<NonNullable<ReportCard['calibration']>, 'bins'>): string {
  const top = Math.min(1, Math.ceil(Math.max(...bins.map((it) => Math.max(it.predicted, it.observed.high))) * 10) / 10);
  return drawTwice((width, narrow) => ({
    width: narrow ? width : 560,
    height: narrow ? 320 : 420,
    marginLeft: 48,
    marginRight: 20,
    marginBottom: 42,
    ariaLabel: 'Predicted chance of loss against the share that was lost',
    x: { domain: [0, top], tickFormat: '.0%', ticks: 5, label: 'Chance of loss that was said →', grid: true },
    y: { domain: [0, top], tickFormat: '.0%', ticks: 5, label: '↑ Share that was lost', grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [top, top],
        ],
        { stroke: SOFT, strokeDasharray: '5 4' },
      ),
      Plot.ruleX(bins, {
        x: 'predicted',
        y1: (it: Bin) => it.observed.low,
        y2: (it: Bin) => it.observed.high,
        stroke: '#3b6ea5',
        strokeWidth: 2,
        strokeOpacity: 0.55,
      }),
      Plot.dot(bins, {
        x: 'predicted',
        y: (it: Bin) => it.observed.value,
        r: 4.5,
        fill: '#3b6ea5',
        title: ({ decisions, losses, predicted }: Bin) =>
          `${decisions} decisions with ${Math.round(predicted * 100)} % said: ${losses} lost`,
      }),
    ],
  }));
}
