import * as Plot from '@observablehq/plot';
import { count } from '../text/format.ts';
import { drawTwice, SOFT } from './draw-chart.ts';
import { emptyLine, figureTable, percent, sentences } from './html.ts';
import type { CohortCurve, SurvivalPicture } from './report-pictures.ts';

/** From the oldest cohort to the newest. */
const COLOURS = ['#5b6673', '#6b5b95', '#b0553a', '#8f6109', '#2a7f62', '#3b6ea5', '#1b3f66', '#111827'] as const;

/** How long accounts stayed, cohort by cohort (Kaplan-Meier), with how many were watched. */
export function survivalSection(picture: SurvivalPicture | null): string {
  if (picture === null)
    return emptyLine('No account with contracts or closed renewals on record: there is no start and end to draw.');
  if (picture.curves.length === 0)
    return emptyLine('Each year has too few accounts with contracts to draw.') + sentences(notes(picture));
  return chart(picture.curves) + marks(picture.curves) + sentences(notes(picture));
}

interface Label {
  readonly text: string;
  readonly years: number;
  readonly share: number;
  readonly colour: string;
}

function chart(curves: readonly CohortCurve[]): string {
  const colours = COLOURS.slice(-curves.length);
  const colourOf = (at: number) => colours[at] ?? SOFT;
  const points = curves.flatMap(({ label, points: own }, at) =>
    own.map((point) => ({ ...point, label, colour: colourOf(at) })),
  );
  const least = Math.min(...points.map(({ share }) => share));
  const floor = Math.max(0, Math.floor(least * 10 - 0.5) / 10);
  const longest = Math.max(...points.map(({ years }) => years));
  return drawTwice((width, narrow) => {
    const height = narrow ? 320 : 400;
    const gap = (14 / (height - 70)) * (1 - floor);
    return {
      width,
      height,
      marginLeft: 46,
      marginRight: narrow ? 64 : 80,
      marginBottom: 42,
      ariaLabel: 'Share of accounts still there by years since their start, one line for each year of start',
      x: { domain: [0, longest], label: 'Years since the start →', ticks: narrow ? 4 : 8, grid: true },
      y: { domain: [floor, 1], tickFormat: '.0%', label: '↑ Still there', ticks: 6, grid: true },
      marks: [
        Plot.line(points, {
          x: 'years',
          y: 'share',
          z: 'label',
          stroke: 'colour',
          strokeWidth: 2,
          curve: 'step-after',
        }),
        Plot.text(apart(endsOf(curves, colourOf), gap), {
          x: 'years',
          y: 'share',
          text: 'text',
          fill: 'colour',
          textAnchor: 'start',
          dx: 6,
          fontWeight: 600,
          stroke: '#fff',
          strokeWidth: 4,
        }),
      ],
    };
  });
}

function endsOf(curves: readonly CohortCurve[], colourOf: (at: number) => string): readonly Label[] {
  return curves.flatMap(({ label, points }, at) => {
    const last = points.at(-1);
    return last ? [{ text: label, years: last.years, share: last.share, colour: colourOf(at) }] : [];
  });
}

/** Moves labels that end near each other apart, so that none lies over another. `gap` is in shares. */
function apart(labels: readonly Label[], gap: number): readonly Label[] {
  const placed: Label[] = [];
  for (const label of [...labels].sort((a, b) => b.share - a.share)) {
    const above = placed.filter((it) => Math.abs(it.years - label.years) < 0.7).at(-1);
    placed.push(above && above.share - label.share < gap ? { ...label, share: above.share - gap } : label);
  }
  return placed;
}

/** Whole years that the table has columns for. */
const MOST_YEARS = 5;

function marks(curves: readonly CohortCurve[]): string {
  const years = [...new Set(curves.flatMap((curve) => curve.marks.map((it) => it.years)))]
    .sort((a, b) => a - b)
    .slice(0, MOST_YEARS);
  const cell = (curve: CohortCurve, year: number) => {
    const mark = curve.marks.find((it) => it.years === year);
    if (!mark) return '';
    const held =
      mark.low === null || mark.high === null || mark.share === 1
        ? ''
        : ` (${Math.round(mark.low * 100)} to ${Math.round(mark.high * 100)})`;
    return `${Math.round(mark.share * 100)} %${held}\nn ${count(mark.atRisk)}`;
  };
  return figureTable(
    'Still there after so many years, with 95 % intervals; n is how many were watched then; empty where too few were',
    ['started', 'accounts', 'lost', ...years.map((year) => `${year} ${year === 1 ? 'year' : 'years'}`)],
    curves.map((curve) => [
      curve.label,
      count(curve.accounts),
      count(curve.lost),
      ...years.map((year) => cell(curve, year)),
    ]),
    'stacked',
  );
}

function notes({ curves, shares, firstLossOn, lateEntries, left }: SurvivalPicture): readonly string[] {
  const late = curves.filter(({ fromYears }) => fromYears > 0);
  const some = (n: number, text: string) => (n > 0 ? [`${count(n)} ${text}`] : []);
  const out = [
    ...some(left.orderBased, 'order by order, so without an end of term'),
    ...some(left.unclear, 'whose past the records do not tell'),
    ...some(left.unwatched, 'that had ended before anybody would have seen it'),
    ...some(left.small, 'in years with too few accounts to draw'),
  ];
  return [
    ...(shares
      ? [
          `Of all that started, ${percent(shares.lost)} were lost at a decision within ${shares.years} ${shares.years === 1 ? 'year' : 'years'}${shares.outside === 0 ? '' : ` and ${percent(shares.outside)} ended from outside (termination, insolvency, acquisition), each kind counted apart`} (Aalen-Johansen).${shares.outside === 0 ? '' : ' In the lines above an end from outside only ends the watch.'}`,
        ]
      : []),
    'An account counts as lost at its first loss, also when it came back later. A start is the first contract or won opportunity on record.',
    ...(lateEntries > 0
      ? [
          `${count(lateEntries)} accounts had started before the records begin: they count from their first term on record${firstLossOn === null ? '' : `, and nobody from before the first loss on record (${firstLossOn})`}. Those that had left by then are unknown, so a line says: of those still there at its beginning, so many stayed.`,
        ]
      : []),
    ...(late.length > 0
      ? [
          `Drawn from where 20 accounts were watched at once: ${late.map(({ label, fromYears }) => `${label} from year ${fromYears.toFixed(1)}`).join(', ')}.`,
        ]
      : []),
    ...(out.length > 0 ? [`Not in it: ${out.join('; ')}.`] : []),
  ];
}
