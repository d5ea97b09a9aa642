import { join } from 'node:path';
import type { RunCommand } from '../commands.ts';
import { withSession } from '../session/session.ts';
import { writeReport } from '../steps/report-step.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';

/** `holdfast report`: one page, from the store, without a connection. */
export const report: RunCommand = async (input) =>
  withSession(input, 'report', async (session) => {
    const pulled = lastPull(session);
    const book = await scoreStep(session, { pulled, asOf: pulled.asOf, keep: false });
    const wanted = input.options['out'];
    const file = await writeReport(
      session,
      book,
      pulled,
      wanted === undefined ? join(session.run().path, 'report.html') : String(wanted),
    );
    return { exitCode: 0, json: { file }, text: `Report: ${file}` };
  });
