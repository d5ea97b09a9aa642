import type { HubSpotTier } from '../schema/object-type.ts';

/** How much an account may call. */
export interface CallLimits {
  /** Calls in ten seconds, per app. */
  readonly burst: number;
  /** Calls a day, all apps together. */
  readonly daily: number;
  /** Searches in one second, all apps together. */
  readonly search: number;
}

/** Limits of a privately held token by tier (facts as of 2026). */
export const callLimits: Readonly<Record<HubSpotTier, CallLimits>> = {
  free: { burst: 100, daily: 250_000, search: 5 },
  starter: { burst: 100, daily: 250_000, search: 5 },
  professional: { burst: 190, daily: 625_000, search: 5 },
  enterprise: { burst: 190, daily: 1_000_000, search: 5 },
};

/** A limit that was reached. */
export type LimitReached = 'burst' | 'search' | 'daily';

/** Counts calls on the emulator's clock. */
export interface Limiter {
  /** Counts one call of an app; tells the limit that refuses it, if one does. */
  take(app: string, search: boolean, now: number): LimitReached | undefined;
  /** The headers that HubSpot sends along; none on search, no daily pair for OAuth apps. */
  headers(app: string, oauth: boolean, now: number): Record<string, string>;
  readonly usedToday: number;
}

/** A limiter. Refused calls count against the day, not against the burst. The day ends at midnight of the time zone. */
export function createLimiter(limits: CallLimits, timeZone: string): Limiter {
  const bursts = new Map<string, number[]>();
  let searches: number[] = [];
  let day = '';
  let used = 0;
  const dayOf = dayFinder(timeZone);
  const recent = (app: string, now: number) => {
    const kept = (bursts.get(app) ?? []).filter((at) => at > now - 10_000);
    bursts.set(app, kept);
    return kept;
  };
  return {
    take(app, search, now) {
      const today = dayOf(now);
      if (today !== day) [day, used] = [today, 0];
      if (used >= limits.daily) return 'daily';
      used += 1;
      if (search) {
        searches = searches.filter((at) => at > now - 1000);
        if (searches.length >= limits.search) return 'search';
        searches.push(now);
        return undefined;
      }
      const calls = recent(app, now);
      if (calls.length >= limits.burst) return 'burst';
      calls.push(now);
      return undefined;
    },
    headers(app, oauth, now) {
      const left = String(limits.burst - recent(app, now).length);
      const burst = {
        'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
        'X-HubSpot-RateLimit-Max': String(limits.burst),
        'X-HubSpot-RateLimit-Remaining': left,
        'X-HubSpot-RateLimit-Secondly': String(Math.ceil(limits.burst / 10)),
        'X-HubSpot-RateLimit-Secondly-Remaining': String(Math.min(Math.ceil(limits.burst / 10), Number(left))),
      };
      if (oauth) return burst;
      const daily = String(Math.max(0, limits.daily - used));
      return {
        ...burst,
        'X-HubSpot-RateLimit-Daily': String(limits.daily),
        'X-HubSpot-RateLimit-Daily-Remaining': daily,
      };
    },
    get usedToday() {
      return used;
    },
  };
}

/** A limiter that never refuses and shows a full allowance: for tests whose clock stands still. */
export function unlimited(limits: CallLimits, timeZone: string): Limiter {
  const untouched = createLimiter(limits, timeZone);
  return { take: () => undefined, headers: untouched.headers, usedToday: 0 };
}

function dayFinder(timeZone: string): (now: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  let quarter = -1;
  let day = '';
  return (now) => {
    const next = Math.floor(now / 900_000);
    if (next !== quarter) [quarter, day] = [next, format.format(now)];
    return day;
  };
}
