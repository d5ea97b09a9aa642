import {
  addDays,
  type CalendarDay,
  DAY_MS,
  dayInZone,
  dayNumber,
  daysBetween,
  type Instant,
} from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { GRACE_DAYS } from '../../snapshot/classify-account.ts';
import type { AccountRevenue } from './account-revenue.ts';

/** A stretch of days, both counted, with so much recurring revenue a month; `to` is `null` without an end. */
export interface RevenueSpan {
  readonly from: CalendarDay;
  readonly to: CalendarDay | null;
  /** Whole minor units. */
  readonly monthly: number;
}

/** The window of a report; a gap of at most `graceDays` (default 60) before a late renewal is no churn. */
export interface RevenueWindow {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly timeZone: string;
  readonly graceDays?: number;
}

/** An account's revenue in a window. */
export interface SpanRevenue {
  readonly revenue: AccountRevenue;
  /** The first day without revenue, while its grace period has not ended: the account counts as it was, and is pending. */
  readonly pendingSince: CalendarDay | null;
}

/**
 * Revenue at both ends of a window, and the changes between, from dated stretches such as contracts: the start is the
 * level of the day `from`, the end that of the day `to`. A loss is dated the day after the last paid one. No spans: 0.
 *
 * @example
 * const spans = [{ from: '2025-01-01', to: '2026-03-31', monthly: 100 }, { from: '2026-04-20', to: null, monthly: 120 }];
 * revenueOfSpans('account:1', spans, { from: '2026-01-01', to: '2026-12-31', timeZone: 'UTC' });
 * // 100 to 120, one change of 20 on 2026-04-20: nineteen days late is not churn
 */
export function revenueOfSpans(accountId: Id, spans: readonly RevenueSpan[], window: RevenueWindow): SpanRevenue {
  const { steps, pendingSince } = bridgeGaps(levelsOf(spans), window.to, window.graceDays ?? GRACE_DAYS);
  const levelOn = (day: CalendarDay) => steps.findLast((it) => it.on <= day)?.level ?? 0;
  const m0 = levelOn(window.from);
  let level = m0;
  const path = steps.flatMap((step) => {
    if (step.on <= window.from || step.on > window.to || step.level === level) return [];
    const change = step.level - level;
    level = step.level;
    return [{ at: instantOf(step.on, window.timeZone), change }];
  });
  const paidBefore = steps.some((it) => it.on < window.from && it.level > 0);
  return { revenue: { accountId, m0, m1: level, path, paidBefore }, pendingSince };
}

interface Step {
  readonly on: CalendarDay;
  readonly level: number;
}

function levelsOf(spans: readonly RevenueSpan[]): readonly Step[] {
  const days = spans.flatMap((it) => (it.to === null ? [it.from] : [it.from, addDays(it.to, 1)]));
  const runs = (it: RevenueSpan, on: CalendarDay) => it.from <= on && (it.to === null || it.to >= on);
  return [...new Set(days)].sort().map((on) => ({
    on,
    level: spans.reduce((sum, it) => sum + (runs(it, on) ? it.monthly : 0), 0),
  }));
}

/** Leaves out falls to 0 that a late renewal ends within the grace period, or that may still be ended so. */
function bridgeGaps(steps: readonly Step[], to: CalendarDay, graceDays: number) {
  const kept: Step[] = [];
  let pendingSince: CalendarDay | null = null;
  for (const [i, step] of steps.entries()) {
    const next = steps[i + 1];
    const falls = step.level === 0 && (kept.at(-1)?.level ?? 0) > 0;
    if (falls && next && daysBetween(step.on, next.on) <= graceDays) continue;
    if (falls && step.on <= to && daysBetween(step.on, to) < graceDays) pendingSince = step.on;
    else kept.push(step);
  }
  return { steps: kept, pendingSince };
}

/** An instant that falls on a civil day in a zone: noon UTC, or half a day earlier where that is tomorrow already. */
function instantOf(day: CalendarDay, timeZone: string): Instant {
  const noon = dayNumber(day) * DAY_MS + DAY_MS / 2;
  return dayInZone(noon, timeZone) === day ? noon : noon - DAY_MS / 2;
}
