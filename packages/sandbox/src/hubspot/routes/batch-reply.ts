import { type ApiError, batchError } from '../http/api-error.ts';
import type { Call, Reply } from '../http/call.ts';
import { isoInstant } from '../state/values.ts';

/**
 * The answer to a batch. Errors come beside the results: as 207 on the classic and 2026-03 paths, and in 2026-09
 * inside the status of success, so that only the body tells.
 */
export function batchReply(call: Call, results: readonly unknown[], errors: readonly ApiError[], status = 200): Reply {
  const at = isoInstant(call.at);
  const partial = errors.length === 0 ? {} : { numErrors: errors.length, errors: errors.map(batchError) };
  return {
    status: errors.length > 0 && call.version !== '2026-09' ? 207 : status,
    body: { status: 'COMPLETE', results, ...partial, startedAt: at, completedAt: at },
  };
}
