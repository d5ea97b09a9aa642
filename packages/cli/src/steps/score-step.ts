import { type AccountLine, FEATURES, type Instant, type Problem, type ScoredAccount } from '@holdfast/core';
import {
  heldOutAccounts,
  modelsInUse,
  readActionLog,
  readModels,
  type ScoreBookOptions,
  type ScoredBook,
  scoreBook,
  writeModels,
} from '@holdfast/workflows';
import { UserError } from '../failure.ts';
import { referralsLeftOut } from '../referrals/left-out.ts';
import { referralOptions, type WorkspaceReferrals } from '../referrals/referral-options.ts';
import { refuseEarlyClock } from '../session/refuse-early-clock.ts';
import { newestRunFile, type Pulled, pulledSchema } from '../session/run-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';
import { discreetProblem } from './discreet-problem.ts';
import { lastCards } from './last-cards.ts';

/** What the last pull left behind; a score without a pull is refused, and one on a machine whose clock has gone back. */
export function lastPull(session: Pick<Session, 'workspace' | 'clock'>): Pulled {
  const found = newestRunFile(session.workspace, 'run', pulledSchema);
  if (found) {
    refuseEarlyClock(session.clock.now(), found.value.asOf, 'the last pull was at');
    return found.value;
  }
  throw new UserError('no-pull', 'Nothing was read yet: run `holdfast pull` first.');
}

export interface ScoreChoice extends Pick<ScoreBookOptions, 'onScored' | 'onProposal' | 'onRecords'> {
  readonly pulled: Pulled;
  readonly asOf: Instant;
  /** Leave `features.csv` and `scores.json` in the run's folder, and what the CRM says of referrals in the journal. */
  readonly keep: boolean;
  /** How referrals are followed, where the caller needs more of it; the workspace's own otherwise. */
  readonly referrals?: WorkspaceReferrals;
  /** Keep what is said of each account, so that the next run tells why scores moved; never of a past instant. */
  readonly snapshot?: boolean;
}

/** Scores the stored book. */
export async function scoreStep(session: Session, choice: ScoreChoice): Promise<ScoredBook> {
  const { pulled, asOf, keep, snapshot = keep, onScored, onProposal, onRecords } = choice;
  const { io } = session;
  const profile = confirmedProfile(session.config);
  const { current, shadow, stale } = modelsOf(session);
  const files = keep ? scoreFiles(session) : null;
  const score = (referrals: ScoreBookOptions['referrals']) =>
    scoreBook(session.store, {
      profile,
      asOf,
      writable: pulled.writable,
      amounts: pulled.amounts,
      models: current,
      cards: lastCards(session.workspace),
      ...(shadow && { shadow }),
      heldOut: heldOutAccounts(readActionLog(session.workspace)),
      notesSince: session.config.stage === 'act' ? session.config.notes?.since : undefined,
      // a past instant is scored with what is known today: no run of that day
      snapshots: snapshot && asOf === pulled.asOf ? { runId: session.runId } : undefined,
      referrals,
      signal: io.signal,
      onProgress: (accounts) => io.progress(`Scoring: ${accounts} accounts`),
      onScored: (slice, scored, line) => {
        files?.add(line, scored);
        onScored?.(slice, scored, line);
      },
      ...(onProposal && { onProposal }),
      ...(onRecords && { onRecords }),
    });
  const { book, leftOut } = await withOrWithoutReferrals(score, () => ({
    ...(choice.referrals ?? referralOptions(session, pulled, asOf)),
    journal: asOf !== pulled.asOf ? 'past' : keep ? 'kept' : 'read',
    mayFollow: ({ state }) => refuseEarlyClock(session.clock.now(), state.now, 'the journal of referrals goes to'),
  }));
  files?.close({ asOf, referrals: book.referrals.referrals });
  if (shadow && keep) noteShadowRun(session);
  for (const model of stale)
    io.say(
      `The ${model} model was fitted with another scorecard: points are used until \`holdfast backtest\` fits it anew.`,
    );
  return { ...book, problems: [...(leftOut ? [leftOut] : []), ...book.problems].map(discreetProblem) };
}

/** Programs that cannot be read keep referrals out, and nothing else: the book is scored without them, which is said. */
async function withOrWithoutReferrals(
  score: (referrals: ScoreBookOptions['referrals']) => Promise<ScoredBook>,
  following: () => NonNullable<ScoreBookOptions['referrals']>,
): Promise<{ readonly book: ScoredBook; readonly leftOut: Problem | null }> {
  try {
    return { book: await score(following()), leftOut: null };
  } catch (error) {
    const leftOut = referralsLeftOut(error);
    return { book: await score({ journal: 'left' }), leftOut };
  }
}

/** The models in use, and those in shadow where there are any. */
function modelsOf({ workspace }: Session) {
  const kept = readModels(workspace);
  const { models: current, stale } = modelsInUse(kept.current);
  const { models: shadow } = modelsInUse(kept.shadow);
  return { current, shadow: Object.keys(shadow).length > 0 ? shadow : null, stale };
}

function noteShadowRun({ workspace }: Session): void {
  const kept = readModels(workspace);
  writeModels(workspace, { ...kept, shadowRuns: kept.shadowRuns + 1 });
}

/** What a person may open afterwards: each account's features and its score. */
function scoreFiles(session: Session) {
  const ids = FEATURES.map(({ id }) => id);
  const features = session.run().startFeatures(['account', ...ids]);
  const scores = session.run().startScores();
  return {
    add(line: AccountLine, { facts }: ScoredAccount) {
      features.add([line.id, ...ids.map((id) => facts[id] ?? null)]);
      scores.add(line);
    },
    close(rest: object) {
      features.close();
      scores.close(rest);
    },
  };
}
