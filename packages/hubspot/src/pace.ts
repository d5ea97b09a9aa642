import type { Clock, Instant } from '@holdfast/core';

/** `search`: HubSpot counts these per account and second. `plain`: everything else. `free`: not counted (token refresh). */
export type PaceKind = 'search' | 'plain' | 'free';

/** Holds calls back so that HubSpot's limits are not met. */
export interface Pace {
  /** Resolves when the call may go out; rejects with an `AbortError` when the signal fires first. */
  turn(kind: PaceKind, signal?: AbortSignal): Promise<void>;
  /** Learns the burst limit from the headers of an answer (names in lower case). */
  learn(headers: Readonly<Record<string, string>>): void;
}

interface Bucket {
  limit: number;
  windowMs: number;
  readonly sent: Instant[];
}

/** Five searches a second for the whole account (HubSpot's documentation); their answers carry no limit headers. */
const SEARCHES = { limit: 5, windowMs: 1_000 };
/** The smallest burst limit of any tier, until the first answer tells the real one. */
const BURST = { limit: 100, windowMs: 10_000 };
/** Left unused of the burst limit, for what another process of the same app may send. */
const SPARE = 5;

/** A pace on the injected clock, first come first served. */
export function createPace(clock: Clock): Pace {
  const searches: Bucket = { ...SEARCHES, sent: [] };
  const burst: Bucket = { ...BURST, sent: [] };
  let queue: Promise<void> = Promise.resolve();
  return {
    turn(kind, signal) {
      if (kind === 'free') return Promise.resolve();
      const mine = queue.then(() => waitFor(clock, kind === 'search' ? searches : burst, signal));
      queue = mine.catch(() => undefined);
      return mine;
    },
    learn(headers) {
      const limit = Number(headers['x-hubspot-ratelimit-max']);
      const windowMs = Number(headers['x-hubspot-ratelimit-interval-milliseconds']);
      if (!(limit > SPARE && windowMs > 0)) return;
      Object.assign(burst, { limit: limit - SPARE, windowMs });
      const used = limit - Number(headers['x-hubspot-ratelimit-remaining'] ?? limit);
      // calls of the same app that are not ours count as sent now: the window that they leave is not known
      for (let unseen = used - burst.sent.length; unseen > 0; unseen -= 1) burst.sent.push(clock.now());
    },
  };
}

async function waitFor(clock: Clock, bucket: Bucket, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const now = clock.now();
    while (bucket.sent.length > 0 && (bucket.sent[0] as Instant) <= now - bucket.windowMs) bucket.sent.shift();
    if (bucket.sent.length < bucket.limit) break;
    const free = (bucket.sent[bucket.sent.length - bucket.limit] as Instant) + bucket.windowMs;
    await clock.sleep(Math.max(free - now, 1), signal);
  }
  bucket.sent.push(clock.now());
}
