import type { CrmEvent } from '@holdfast/core';

/** Calls of the rolling 24 hours, as the last answer told; `null` until one has. */
export interface Budget {
  readonly used: number | null;
  readonly limit: number | null;
}

/** Follows the org's own count of calls in `Sforce-Limit-Info: api-usage=53/15000`. Deciding when to stop is core's. */
export function createPace(log: (event: CrmEvent) => void): {
  readonly budget: () => Budget;
  readonly onAnswer: (headers: Readonly<Record<string, string>>) => void;
} {
  let budget: Budget = { used: null, limit: null };
  return {
    budget: () => budget,
    onAnswer(headers) {
      const seen = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '');
      if (!seen) return;
      budget = { used: Number(seen[1]), limit: Number(seen[2]) };
      log({ type: 'budget', ...budget });
    },
  };
}
