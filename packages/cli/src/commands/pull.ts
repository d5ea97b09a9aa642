import { formatInstant } from '@holdfast/core';
import type { ClockSetRight } from '@holdfast/workflows';
import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { pullStep } from '../steps/pull-step.ts';
import { columns } from '../text/columns.ts';
import { count } from '../text/format.ts';

/** `holdfast pull`. */
export const pullCommand: RunCommand = async (input) =>
  withSession(input, 'pull', async (session) => {
    const chosen = (name: string) => input.options[name] === true;
    const choice = {
      full: chosen('full'),
      acceptShrink: chosen('acceptShrink'),
      history: chosen('history'),
      newKey: chosen('newKey'),
      clockWasAhead: chosen('clockWasAhead'),
    };
    const { report, pulled, rejects, clockSet } = await pullStep(session, choice);
    const rows = columns(
      report.entities.map(({ entity, records, pages, gone, rejects, full }) => [
        entity,
        count(records),
        `in ${count(pages)} pages`,
        [
          ...(full ? ['read whole'] : []),
          ...(gone > 0 ? [`${count(gone)} gone`] : []),
          ...(rejects > 0 ? [`${count(rejects)} could not be read`] : []),
        ].join(', '),
      ]),
      [1],
    );
    const calls = pulled.calls
      .map(({ what, calls, minimum }) => `${what} ${calls}${minimum === null ? '' : ` (minimum ${minimum})`}`)
      .join(', ');
    const text = [
      `Read as of ${formatInstant(report.asOf)}:`,
      ...rows,
      ...(clockSet ? [clockText(clockSet)] : []),
      `Calls: ${calls}.`,
      ...(rejects > 0 ? ['`holdfast check` says why some records could not be read.'] : []),
    ].join('\n');
    return {
      exitCode: 0,
      json: { runId: session.runId, ...pulled, entities: report.entities, ...clockJson(clockSet) },
      text,
    };
  });

function clockText({ runs, events, journalUntil }: ClockSetRight): string {
  const set = `The clock was ahead: ${count(runs)} runs named anew, ${count(events)} events of the journal of referrals taken back, to be read again.`;
  if (journalUntil === null) return set;
  return `${set} People acted in it then, so it stays as it is: \`holdfast referrals\` works again from ${formatInstant(journalUntil)} on, or with the workspace put back from a backup.`;
}

function clockJson(set: ClockSetRight | null): object {
  if (set === null) return {};
  const journalUntil = set.journalUntil === null ? null : formatInstant(set.journalUntil);
  return { clockSet: { ...set, journalUntil } };
}
