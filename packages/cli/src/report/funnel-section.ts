import type { EvidenceClass, ReferralFunnel, ReferralPages } from '@holdfast/core';
import * as Plot from '@observablehq/plot';
import { count, escapeHtml, words } from '../text/format.ts';
import { drawTwice } from './draw-chart.ts';
import { figureTable, percent, sentences } from './html.ts';

type Program = ReferralPages['programs']['shown'][number];
type Step = ReferralFunnel['steps'][number];

/** How far claims came, program by program, where they fell out, and what they rest on. */
export function funnelSection({ programs, evidence }: Pick<ReferralPages, 'programs' | 'evidence'>): string {
  const { shown, more } = programs;
  const parts = shown.map((it) => `<article class="card"><h3>${escapeHtml(it.name)}</h3>${programPart(it)}</article>`);
  const left = more === 0 ? [] : [`${count(more)} more programs with fewer claims are not shown.`];
  return `${parts.join('')}${sentences(left)}${evidenceTable(evidence)}`;
}

function programPart({ funnel, claims, name }: Program): string {
  return `${chart(funnel.steps, name)}${stepTable(funnel)}${sentences(standing(funnel, claims))}`;
}

function chart(steps: readonly Step[], name: string): string {
  const rows = steps.map((it) => ({ ...it, text: barText(it) }));
  return drawTwice((width, narrow) => ({
    width,
    height: 20 + rows.length * (narrow ? 26 : 28),
    marginLeft: narrow ? 86 : 110,
    marginRight: narrow ? 110 : 190,
    marginTop: 6,
    marginBottom: 14,
    ariaLabel: `${name}: claims by how far they came`,
    x: { axis: null },
    y: { label: null, domain: rows.map((it) => it.step), tickSize: 0 },
    marks: [
      Plot.barX(rows, { x: 'reached', y: 'step', fill: '#6b5b95', fillOpacity: 0.85, insetTop: 2, insetBottom: 2 }),
      Plot.text(rows, {
        x: 'reached',
        y: 'step',
        text: (it: (typeof rows)[number]) => (narrow ? it.text.short : it.text.long),
        textAnchor: 'start',
        dx: 5,
      }),
      Plot.ruleX([0]),
    ],
  }));
}

function barText({ step, reached, ofPrevious }: Step) {
  const short = ofPrevious.value === null || step === 'submitted' ? '' : `, ${percent(ofPrevious.value, 0)}`;
  return { short: `${count(reached)}${short}`, long: `${count(reached)}${short && `${short} of the step before`}` };
}

/** Reasons told of one step. */
const MOST_REASONS = 4;

function stepTable({ steps, fell }: ReferralFunnel): string {
  const rows = steps.map(({ step, reached, ofPrevious }) => {
    const own = fell.filter((it) => it.after === step);
    const told = own.slice(0, MOST_REASONS).map(fallenText);
    const rest = own.slice(MOST_REASONS).reduce((sum, it) => sum + it.count, 0);
    const of = step === 'submitted' || ofPrevious.interval === null ? '' : share(ofPrevious.value, ofPrevious.interval);
    return [step, count(reached), of, [...told, ...(rest > 0 ? [`${count(rest)} for other reasons`] : [])].join('\n')];
  });
  return figureTable(
    'Claims that came at least so far, their share of the step before with its 90 % interval, and those that went no further',
    ['step', 'claims', 'of the step before', 'ended here'],
    rows,
    'stacked',
  );
}

/** "progressed" is how a loss gets here: it says nothing of why. */
function fallenText({ count: claims, state, reason }: ReferralFunnel['fell'][number]): string {
  return `${count(claims)} ${words(state)}${reason === 'progressed' ? '' : `: ${words(reason)}`}`;
}

function share(value: number | null, [low, high]: readonly [number, number]): string {
  return value === null ? '' : `${percent(value, 0)} (${Math.round(low * 100)} to ${Math.round(high * 100)})`;
}

/** Claims that wait for somebody or something. */
function standing({ states }: ReferralFunnel, claims: number): readonly string[] {
  const waiting = (['under_review', 'contested', 'queued', 'influenced'] as const).flatMap((state) => {
    const n = states[state] ?? 0;
    return n === 0 ? [] : [`${count(n)} ${words(state)}`];
  });
  return waiting.length === 0 ? [] : [`Of ${count(claims)} claims now: ${waiting.join(', ')}.`];
}

const TITLES: Readonly<Record<EvidenceClass, string>> = {
  confirmed: 'confirmed by both',
  activity: 'mail or meeting with both',
  recorded: 'linked in the CRM',
  code: 'code',
  partner_lead: 'lead of a partner',
  click: 'tracked click',
  free_text: 'free text',
};

function evidenceTable(evidence: ReferralPages['evidence']): string {
  const rows = evidence.map(({ evidence: of, claims, credited, unavailable }) =>
    unavailable === null || claims > 0
      ? [TITLES[of], count(claims), count(credited)]
      : [TITLES[of], 'unavailable', 'unavailable'],
  );
  const missing = evidence.flatMap(({ evidence: of, unavailable, partly }) => [
    ...(unavailable === null ? [] : [`${TITLES[of]} (${unavailable})`]),
    ...partly.map((it) => `a part of ${TITLES[of]} (${it})`),
  ]);
  const head = ['evidence', 'claims', 'credited with a sale'];
  return (
    figureTable('What claims rest on, strongest first', head, rows) +
    sentences(missing.map((it) => `Unavailable, not absent: ${it}.`))
  );
}
