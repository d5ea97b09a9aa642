import { type Plan, summarizePlan } from '@holdfast/core';
import { count } from '../text/format.ts';

const SHOWN = 10;

/** What to do when fields to write into were not there at the last pull; empty when they were. */
export function notInstalled({ heldBack }: Pick<Plan, 'heldBack'>): readonly string[] {
  if (!heldBack['field not installed']) return [];
  return [
    'the last pull did not find all fields that Holdfast writes: run `holdfast install`, or `holdfast pull` if they are there by now.',
  ];
}

/** A plan for a person who decides: how many, which, why, what was held back, what cannot be undone. */
export function planText(plan: Plan, file: string, remarks: readonly string[] = []): string {
  const { writes, byEntity, heldBack } = summarizePlan(plan);
  const kinds = Object.entries(byEntity).map(([entity, n]) => `${count(n)} of ${entity}`);
  const held = Object.entries(heldBack).map(([reason, n]) => `${reason} ${count(n)}`);
  const examples = plan.writes.slice(0, SHOWN).map(({ label, why }) => `  ${label}: ${why}`);
  return [
    `${count(writes)} writes planned${kinds.length > 0 ? ` (${kinds.join(', ')})` : ''}. Not written: ${held.length === 0 ? 'nothing' : held.join(', ')}.`,
    ...examples,
    ...(plan.writes.length > SHOWN ? [`  ... and ${count(plan.writes.length - SHOWN)} more in ${file}`] : []),
    ...[...plan.notes, ...remarks, ...notInstalled(plan)].map((note) => `Note: ${note}`),
    ...(writes > 0 ? ['Apply it with `holdfast apply`.'] : []),
  ].join('\n');
}
