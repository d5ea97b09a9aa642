import { describe, expect, it } from 'vitest';
import { createBucket, takeToken } from './bucket.ts';
import { CrmError } from './error.ts';
import { retryDecision } from './retry.ts';

describe('retrying', () => {
  const busy = new CrmError('unavailable', 'Down.', { retryable: true });

  it('doubles the ceiling and spreads evenly below it', () => {
    expect(retryDecision(1, busy, 0.5)).toEqual({ kind: 'wait', ms: 250 });
    expect(retryDecision(3, busy, 0.5)).toEqual({ kind: 'wait', ms: 1000 });
    expect(retryDecision(1, busy, 0)).toEqual({ kind: 'wait', ms: 0 });
  });

  it('gives up at the last attempt, and at once on what will not pass', () => {
    expect(retryDecision(6, busy, 0.5)).toEqual({ kind: 'give-up' });
    expect(retryDecision(1, new CrmError('invalid', 'Bad.'), 0.5)).toEqual({ kind: 'give-up' });
  });

  it('T42 429: waits at least as long as the CRM asks, but not for hours', () => {
    const limited = (retryAfterMs: number) => new CrmError('rate-limit', 'Slow.', { retryable: true, retryAfterMs });
    expect(retryDecision(1, limited(10_000), 0)).toEqual({ kind: 'wait', ms: 10_000 });
    expect(retryDecision(1, limited(10_000), 0.5)).toEqual({ kind: 'wait', ms: 10_500 });
    expect(retryDecision(1, limited(3_600_000), 0)).toEqual({ kind: 'give-up' });
  });

  it('T42 daily limit: an exhausted budget never waits', () => {
    const gone = new CrmError('rate-limit', 'Gone.', { retryable: true, exhausted: true, retryAfterMs: 10 });
    expect(retryDecision(1, gone, 0)).toEqual({ kind: 'give-up' });
  });
});

describe('pacing', () => {
  it('T43 five calls a second: five at once, the next ones a fifth of a second apart, in order', () => {
    let bucket = createBucket(5, 5 / 1000, 0);
    const waits = Array.from({ length: 7 }, () => {
      const taken = takeToken(bucket, 0);
      bucket = taken.bucket;
      return taken.waitMs;
    });
    expect(waits).toEqual([0, 0, 0, 0, 0, 200, 400]);
    expect(takeToken(bucket, 2_000).waitMs).toBe(0);
  });

  it('a clock that runs backwards refills nothing', () => {
    const { bucket } = takeToken(createBucket(1, 1 / 1000, 5_000), 5_000);
    const back = takeToken(bucket, 1_000);
    expect(back.waitMs).toBe(1_000);
    expect(back.bucket.at).toBe(5_000);
  });
});
