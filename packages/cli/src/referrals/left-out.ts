import type { Problem } from '@holdfast/core';
import { describeFailure } from '../failure.ts';

/** What keeps referrals out and nothing else: files beside the workspace that are wrong, a journal ahead of the clock. */
const OF_REFERRALS: readonly string[] = ['bad_program', 'bad_rates', 'bad_codes', 'bad_clauses', 'clock_backwards'];

const LEFT_OUT = 'referrals-left-out';

/**
 * Why a run goes on without referrals, as a problem of the book; anything else that was thrown is thrown on. Scores rest on
 * no program, so that a wrong file of one must not keep them from anybody.
 */
export function referralsLeftOut(error: unknown): Problem {
  const { code, message } = describeFailure(error);
  if (!OF_REFERRALS.includes(code)) throw error;
  return {
    severity: 'warning',
    code: LEFT_OUT,
    message: `${message} Until then nothing of referrals is taken, planned or written; the scores are not touched by it.`,
  };
}

/** The problem that says so, where a book was scored without referrals. */
export function leftOutOf({ problems }: { readonly problems: readonly Problem[] }): Problem | null {
  return problems.find(({ code }) => code === LEFT_OUT) ?? null;
}
