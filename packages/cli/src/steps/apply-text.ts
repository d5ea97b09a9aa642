import type { Plan } from '@holdfast/core';
import { count } from '../text/format.ts';
import type { ApplyStep } from './apply-step.ts';
import { notInstalled } from './plan-text.ts';

/** How the writes ended, and what a person may have to look at. */
export function applyText(
  { counts, planned, calls, minimum, runId, stopped }: Omit<ApplyStep, 'kept'>,
  folder: string,
  plan: Pick<Plan, 'heldBack'>,
): string {
  if (planned === 0) {
    const missing = notInstalled(plan);
    if (missing.length > 0) return `Nothing was written: ${missing.join(' ')}`;
    return 'Nothing to write: every record holds already what it should.';
  }
  return [
    `Of ${count(planned)} planned writes: ${count(counts.written)} written, ${count(counts.unchanged)} already so, ${count(counts.conflict)} in conflict with somebody's edit, ${count(counts.failed)} refused, ${count(counts.unprocessed)} not done.`,
    ...(stopped === null ? [] : [`Stopped early: ${stopped}`]),
    `Calls: ${calls} (minimum ${minimum}). One line per write in ${folder}/results.ndjson.`,
    ...(counts.written > 0
      ? [`Put the values back with \`holdfast undo ${runId}\`; what the writes set off in the CRM stays.`]
      : []),
  ].join('\n');
}
