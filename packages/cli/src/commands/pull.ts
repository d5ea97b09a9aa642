import { formatInstant } from '@holdfast/core';
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
    };
    const { report, pulled, rejects } = await pullStep(session, choice);
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
      `Calls: ${calls}.`,
      ...(rejects > 0 ? ['`holdfast check` says why some records could not be read.'] : []),
    ].join('\n');
    return { exitCode: 0, json: { runId: session.runId, ...pulled, entities: report.entities }, text };
  });
