import type { CrmError } from './error.ts';

/** How often and how long to try again. Times in milliseconds. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly baseMs: number;
  readonly capMs: number;
  /** A longer wish of the CRM's ends the attempt instead: better to go on tomorrow than to sit for hours. */
  readonly longestWaitMs: number;
}

export const RETRY_POLICY: RetryPolicy = { maxAttempts: 6, baseMs: 500, capMs: 30_000, longestWaitMs: 300_000 };

export type RetryDecision = { readonly kind: 'wait'; readonly ms: number } | { readonly kind: 'give-up' };

/**
 * Whether and when to try again after the `attempt`-th failure (1 is the first). The CRM's own wish counts as a least
 * wait, with up to a tenth more so that many clients do not return at once; without one, exponential back-off with full
 * jitter. `exhausted` never waits: the day's budget does not come back in minutes. `random` is uniform in [0, 1).
 */
export function retryDecision(
  attempt: number,
  error: CrmError,
  random: number,
  policy: RetryPolicy = RETRY_POLICY,
): RetryDecision {
  if (error.exhausted || !error.retryable || attempt >= policy.maxAttempts) return { kind: 'give-up' };
  if (error.retryAfterMs !== null) {
    if (error.retryAfterMs > policy.longestWaitMs) return { kind: 'give-up' };
    return { kind: 'wait', ms: Math.ceil(error.retryAfterMs * (1 + random / 10)) };
  }
  const ceiling = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  return { kind: 'wait', ms: Math.ceil(random * ceiling) };
}
