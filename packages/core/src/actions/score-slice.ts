import { computeFacts } from '../features/compute-facts.ts';
import type { AccountFacts } from '../features/facts.ts';
import type { Id } from '../model/ids.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { ScoreMovement } from '../retention/movement/split-movement.ts';
import type { PreviousScore } from '../retention/risk-score.ts';
import type { ScoreOptions } from '../retention/score-risk.ts';
import type { BookIndexes } from '../snapshot/book-indexes.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import type { ActionWorth } from './next-best-actions.ts';
import { type AccountScore, scoreAccount } from './score-account.ts';

/** One account of the book with its facts and score. */
export interface ScoredAccount {
  readonly facts: AccountFacts;
  readonly score: AccountScore;
  /** Why the log-odds moved since the last run whose facts were kept; left out without one. */
  readonly movement?: ScoreMovement;
}

export interface SliceScoreOptions extends ScoreOptions {
  /** Accounts held out of acting: they are scored as all others, and no step of their own is proposed. */
  readonly heldOut?: ReadonlySet<Id>;
}

/** What the value of a step is reckoned with in a book: what its profile says. */
export function actionWorth({ grossMargin, hourlyCost }: OrgProfile): ActionWorth {
  return { grossMargin: grossMargin ?? null, hourlyCost: hourlyCost ?? null };
}

/**
 * Scores one account of a snapshot; `null` for an account outside the book and for one that a person left out. The band
 * goes on from what the account's own record holds, unless `options.previous` says otherwise: give `null` when a past
 * instant is rebuilt, because the record holds today's band. A band that began later is left aside anyway.
 */
export function scoreSlice(
  slice: AccountSlice,
  profile: OrgProfile,
  indexes: BookIndexes,
  { heldOut, ...options }: SliceScoreOptions = {},
): ScoredAccount | null {
  if (slice.role !== 'customer' || slice.account.excluded === true) return null;
  const facts = computeFacts(slice, profile, indexes);
  const previous = options.previous === undefined ? standing(slice.account, facts) : options.previous;
  const acting = { worth: actionWorth(profile), heldOut: heldOut?.has(slice.account.id) ?? false };
  return { facts, score: scoreAccount(facts, { ...options, previous, ...acting }) };
}

/** What the record says of the day; a band that begins after it, in a past that is rebuilt or by mistake, holds nothing. */
function standing(account: PreviousScore, { on }: AccountFacts): PreviousScore | null {
  return account.bandSince !== null && on !== undefined && account.bandSince > on ? null : account;
}
