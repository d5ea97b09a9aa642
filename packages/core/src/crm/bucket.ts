import type { Instant } from '../model/dates.ts';

/** A token bucket as data: at most `capacity` calls at once, refilled by `perMs` tokens each millisecond. */
export interface Bucket {
  readonly capacity: number;
  readonly perMs: number;
  /** Below zero when calls are already promised to those who wait. */
  readonly tokens: number;
  readonly at: Instant;
}

/** A full bucket; five calls a second is `createBucket(5, 5 / 1000, now)`. */
export function createBucket(capacity: number, perMs: number, now: Instant): Bucket {
  return { capacity, perMs, tokens: capacity, at: now };
}

/**
 * Takes one token and says how long to wait before using it, in milliseconds; 0 is at once. Tokens are promised in the
 * order of the calls, so callers that wait do not race. A clock that runs backwards refills nothing.
 */
export function takeToken(bucket: Bucket, now: Instant): { readonly bucket: Bucket; readonly waitMs: number } {
  const refilled = Math.min(bucket.capacity, bucket.tokens + Math.max(0, now - bucket.at) * bucket.perMs);
  const tokens = refilled - 1;
  const waitMs = tokens >= 0 ? 0 : Math.ceil(-tokens / bucket.perMs);
  return { bucket: { ...bucket, tokens, at: Math.max(now, bucket.at) }, waitMs };
}
