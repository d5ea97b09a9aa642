import { join } from 'node:path';
import { type Instant, type Problem, type Proposal, summarizePlan } from '@holdfast/core';
import { confirmedProfile, type Session } from '../session/session.ts';
import { type ApplyStep, applyStep } from './apply-step.ts';
import { applyText } from './apply-text.ts';
import { type BookFigures, bookFigures, bookText } from './book-figures.ts';
import { openBookHistory } from './book-history.ts';
import { bookPicture } from './book-picture.ts';
import { planStep } from './plan-step.ts';
import { planText } from './plan-text.ts';
import { pullStep } from './pull-step.ts';
import { writeReport } from './report-step.ts';
import { scoreStep } from './score-step.ts';
import { openTaskPlanning } from './task-step.ts';

export interface RunResult {
  readonly asOf: Instant;
  readonly clean: boolean;
  readonly figures: BookFigures & {
    readonly problems: readonly Problem[];
    readonly planned: number;
    readonly applied: ApplyStep['counts'] | null;
    readonly calls: readonly { readonly what: string; readonly calls: number; readonly minimum: number | null }[];
    readonly report: string;
  };
  readonly texts: readonly string[];
}

/** A book whose words are not all explained is scored for the report, and written by nobody but a person who looked. */
const UNEXPLAINED =
  'Nothing was written: the profile does not explain every word in use. Say what they mean with `holdfast init`, or look at the plan and run `holdfast apply`.';

/** Pull, score, plan, and apply where the workspace is trusted to write; leaves the report in the run's folder. */
export async function runSteps(session: Session, choice: { readonly attended: boolean }): Promise<RunResult> {
  const profile = confirmedProfile(session.config);
  const { pulled } = await pullStep(session, { full: false, acceptShrink: false });
  const proposals: Proposal[] = [];
  const picture = bookPicture(profile.currency);
  const history = openBookHistory(profile, pulled.asOf);
  const tasks = await openTaskPlanning(session, pulled);
  const book = await scoreStep(session, {
    pulled,
    asOf: pulled.asOf,
    keep: true,
    ...(tasks.referrals && { referrals: tasks.referrals }),
    onProposal: (proposal) => void proposals.push(proposal),
    onScored: (slice, scored, line) => {
      tasks.onScored(slice, scored, line);
      picture.add(scored, line);
      history.addScored(line);
    },
    onRecords: (records) => {
      tasks.onRecords(records);
      history.add(records);
    },
  });
  const planned = await tasks.propose(book);
  proposals.push(...planned.proposals);
  const plan = planStep(session, book, proposals, pulled);
  const unexplained = book.problems.some(({ severity }) => severity === 'error');
  const mayWrite = session.config.stage !== 'observe' && !unexplained;
  const applied = mayWrite ? await applyStep(session, plan, choice.attended) : null;
  const calls = [
    ...pulled.calls,
    ...(applied ? [{ what: 'write', calls: applied.calls, minimum: applied.minimum }] : []),
  ];
  const file = join(session.run().path, 'report.html');
  const report = await writeReport(
    session,
    book,
    { ...pulled, calls },
    { file, names: false, picture: picture.finish(), history: history.finish() },
  );
  const figures = bookFigures(book);
  const stuck = applied ? applied.counts.failed + applied.counts.unprocessed : 0;
  return {
    asOf: pulled.asOf,
    clean: stuck === 0 && book.problems.length === 0 && !applied?.stopped,
    figures: {
      ...figures,
      problems: book.problems,
      planned: summarizePlan(plan).writes,
      applied: applied?.counts ?? null,
      calls,
      report,
    },
    texts: [
      bookText(figures, book.problems),
      applied ? applyText(applied, session.run().path, plan) : planText(plan, join(session.run().path, 'plan.json')),
      ...planned.remarks,
      ...(unexplained ? [UNEXPLAINED] : []),
      `Calls: ${calls.map(({ what, calls: made, minimum }) => `${what} ${made}${minimum === null ? '' : ` (minimum ${minimum})`}`).join(', ')}.`,
      `Report: ${report}`,
    ],
  };
}

/** The same for a terminal. */
export function runText({ texts }: RunResult): string {
  return texts.join('\n');
}
