import type { ReferralState } from '@holdfast/core';

/** What a state comes to for somebody who looks at a picture. */
export type StateKind = 'waiting' | 'under way' | 'won' | 'retained' | 'ended';

/** The shape says it without the colour. */
const MARKS: Readonly<Record<StateKind, { readonly colour: string; readonly says: string }>> = {
  waiting: { colour: '#5b6673', says: 'claimed, nothing has followed yet' },
  'under way': { colour: '#3b6ea5', says: 'contacted, qualified or an opportunity' },
  won: { colour: '#2a7f62', says: 'won' },
  retained: { colour: '#1b4f3d', says: 'won and stayed' },
  ended: { colour: '#c0392b', says: 'lost, lapsed or taken back' },
};

const KINDS: Readonly<Partial<Record<ReferralState, StateKind>>> = {
  contacted: 'under way',
  qualified: 'under way',
  opportunity: 'under way',
  reopened: 'under way',
  won: 'won',
  retained: 'retained',
  lost: 'ended',
  expired: 'ended',
  reversed: 'ended',
};

/** The kind of a state; one that is not known waits. */
export function stateKind(state: string): StateKind {
  return KINDS[state as ReferralState] ?? 'waiting';
}

/** Its colour, for lines. */
export const stateColour = (kind: StateKind): string => MARKS[kind].colour;

/** The mark as SVG, about 12 pixels wide, its middle at a point. */
export function stateMark(kind: StateKind, x: number, y: number): string {
  const { colour } = MARKS[kind];
  const line = `fill="none" stroke="${colour}" stroke-width="2"`;
  switch (kind) {
    case 'waiting':
      return `<circle cx="${x}" cy="${y}" r="4.5" ${line}/>`;
    case 'under way':
      return `<circle cx="${x}" cy="${y}" r="4.5" ${line}/><path d="M${x} ${y - 4.5}a4.5 4.5 0 0 1 0 9z" fill="${colour}"/>`;
    case 'won':
      return `<path d="M${x} ${y - 6}l6 6l-6 6l-6-6z" fill="${colour}"/>`;
    case 'retained':
      return `<path d="M${x - 5} ${y - 5}h10v10h-10z" fill="${colour}"/><path d="M${x - 2.5} ${y}l2 2.2l3.4-4.2" fill="none" stroke="#fff" stroke-width="1.6"/>`;
    case 'ended':
      return `<path d="M${x - 4} ${y - 4}l8 8m0-8l-8 8" ${line}/>`;
  }
}

/** What the marks mean. */
export function markLegend(): string {
  const keys = (Object.keys(MARKS) as StateKind[]).map(
    (kind) =>
      `<span class="key"><svg width="16" height="14" viewBox="0 0 16 14" aria-hidden="true">${stateMark(kind, 8, 7)}</svg>${MARKS[kind].says}</span>`,
  );
  return `<p class="lead marks">${keys.join(' ')}</p>`;
}
