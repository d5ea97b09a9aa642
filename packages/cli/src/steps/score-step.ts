import {
  type AccountLine,
  FEATURES,
  formatInstant,
  type Instant,
  parseInstant,
  type ScoredAccount,
} from '@holdfast/core';
import { type ScoreBookOptions, type ScoredBook, scoreBook } from '@holdfast/workflows';
import { UserError } from '../failure.ts';
import type { ReportInput } from '../report/report-input.ts';
import { newestRunFile, type Pulled, pulledSchema } from '../session/run-files.ts';
import { scoreFiles } from '../session/score-files.ts';
import { confirmedProfile, type Session } from '../session/session.ts';

/** What the last pull left behind; a score without a pull is refused. */
export function lastPull(session: Pick<Session, 'workspace'>): Pulled {
  const found = newestRunFile(session.workspace, 'run', pulledSchema);
  if (found) return found.value;
  throw new UserError('no-pull', 'Nothing was read yet: run `holdfast pull` first.');
}

/** The instant that `--as-of` names, or the last pull's start. */
export function asOfOption(option: unknown, pulled: Pulled): Instant {
  if (option === undefined) return pulled.asOf;
  const at = parseInstant(String(option));
  if (at === null) throw new UserError('usage', '--as-of must be an instant such as 2026-01-31T00:00:00Z.', 2);
  if (at > pulled.asOf)
    throw new UserError(
      'usage',
      `--as-of lies after the last pull (${formatInstant(pulled.asOf)}): run \`holdfast pull\` first.`,
      2,
    );
  return at;
}

export interface ScoreChoice {
  readonly pulled: Pulled;
  readonly asOf: Instant;
  /** Leave `features.csv` and `scores.json` in the run's folder. */
  readonly keep: boolean;
  readonly onScored?: (slice: AccountSlice, scored: ScoredAccount) => void;
}

/** A scored book with what its plan and its page are made of; of the single accounts only that much is held. */
export interface ScoreStep extends ScoredBook {
  readonly proposals: readonly Proposal[];
  readonly portfolio: ReportInput['portfolio'];
}

/** Scores the stored book. */
export async function scoreStep(session: Session, { pulled, asOf, keep, onScored }: ScoreChoice): Promise<ScoreStep> {
  const { io } = session;
  const profile = confirmedProfile(session.config);
  const kept = keep ? scoreFiles(session.run(), asOf) : null;
  const proposals: Proposal[] = [];
  const portfolio: ReportInput['portfolio'][number][] = [];
  const book = await scoreBook(session.store, {
    profile,
    asOf,
    writable: pulled.writable,
    signal: io.signal,
    onProgress: (accounts) => io.progress(`Scoring: ${accounts} accounts`),
    onProposal: (proposal) => proposals.push(proposal),
    onScored: (slice, scored, line) => {
      const { name, healthScore, band, recurring } = line;
      if (healthScore !== null && recurring !== null) portfolio.push({ name, healthScore, band, value: recurring });
      kept?.add(scored.facts, line);
      onScored?.(slice, scored);
    },
  });
  kept?.finish(book.referrals.referrals);
  return { ...book, proposals, portfolio };
}
