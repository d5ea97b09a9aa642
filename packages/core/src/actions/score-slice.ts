import { computeFacts } from '../features/compute-facts.ts';
import type { AccountFacts } from '../features/facts.ts';
import type { OrgProfile } from '../model/profile.ts';
import type { ScoreOptions } from '../retention/score-risk.ts';
import type { BookIndexes } from '../snapshot/book-indexes.ts';
import type { AccountSlice } from '../snapshot/slice.ts';
import { type AccountScore, scoreAccount } from './score-account.ts';

/** One account of the book with its facts and score. */
export interface ScoredAccount {
  readonly facts: AccountFacts;
  readonly score: AccountScore;
}

/**
 * Scores one account of a snapshot; `null` for an account outside the book and for one that a person left out. The band
 * goes on from what the account's own record holds, unless `options.previous` says otherwise: give `null` when a past
 * instant is rebuilt, because the record holds today's band.
 */
export function scoreSlice(
  slice: AccountSlice,
  profile: OrgProfile,
  indexes: BookIndexes,
  options: ScoreOptions = {},
): ScoredAccount | null {
  if (slice.role !== 'customer' || slice.account.excluded === true) return null;
  const facts = computeFacts(slice, profile, indexes);
  const previous = options.previous === undefined ? slice.account : options.previous;
  return { facts, score: scoreAccount(facts, { ...options, previous }) };
}
