import { join } from 'node:path';
import type { RunCommand } from '../commands.ts';
import { leftOutOf } from '../referrals/left-out.ts';
import { confirmedProfile, withSession } from '../session/session.ts';
import { openBookHistory } from '../steps/book-history.ts';
import { bookPicture } from '../steps/book-picture.ts';
import { writeReport } from '../steps/report-step.ts';
import { lastPull, type ScoreChoice, scoreStep } from '../steps/score-step.ts';

/** `holdfast report`: one page, from the store, without a connection. */
export const report: RunCommand = async (input) =>
  withSession(input, 'report', async (session) => {
    const pulled = lastPull(session);
    const profile = confirmedProfile(session.config);
    const picture = bookPicture(profile.currency);
    const history = openBookHistory(profile, pulled.asOf);
    const onScored: ScoreChoice['onScored'] = (_slice, scored, line) => {
      picture.add(scored, line);
      history.addScored(line);
    };
    const book = await scoreStep(session, {
      pulled,
      asOf: pulled.asOf,
      keep: false,
      onScored,
      onRecords: history.add,
    });
    const { out, names } = input.options;
    const file = await writeReport(session, book, pulled, {
      file: out === undefined ? join(session.run().path, 'report.html') : String(out),
      names: names === true,
      picture: picture.finish(),
      history: history.finish(),
    });
    const leftOut = leftOutOf(book);
    if (leftOut === null) return { exitCode: 0, json: { file }, text: `Report: ${file}` };
    const text = `Problem: ${leftOut.message}\nReport: ${file}`;
    return { exitCode: 1, json: { file, problems: [leftOut] }, text };
  });
