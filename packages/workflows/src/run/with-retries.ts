import { type Clock, CrmError, type Random, RETRY_POLICY, type RetryPolicy, retryDecision } from '@holdfast/core';

export interface RetryContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly retry?: RetryPolicy | undefined;
}

/** Makes a call that may be repeated without harm, waiting on the given clock between attempts; the last error stands. */
export async function withRetries<T>(call: () => Promise<T>, context: RetryContext): Promise<T> {
  const { clock, random, signal, retry = RETRY_POLICY } = context;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CrmError)) throw error;
      const decision = retryDecision(attempt, error, random(), retry);
      if (decision.kind === 'give-up') throw error;
      await clock.sleep(decision.ms, signal);
    }
  }
}
