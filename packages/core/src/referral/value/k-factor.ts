import type { Figure, ShareFigure } from '../../metrics/figure.ts';
import { groupBy } from '../../metrics/group-by.ts';
import { addDays, type CalendarDay, daysBetween } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { wilson } from '../../stats/calibration/index.ts';
import { Z90 } from '../../stats/special/normal.ts';

/** A customer, and since when. */
export interface Member {
  readonly partyId: Id;
  readonly sinceOn: CalendarDay;
}

/** An introduction by a customer; `wonOn`: when the party became one too. */
export interface CountedIntroduction {
  readonly referrerId: Id;
  readonly introducedOn: CalendarDay;
  readonly wonOn: CalendarDay | null;
}

/** How far customers bring customers. */
export interface KFactor {
  /** New customers that one customer brings within the window, with its 90 % interval; `n` counts customers. */
  readonly k: ShareFigure;
  readonly introductionsPerMember: Figure;
  /** Introductions won within the window. */
  readonly conversion: ShareFigure;
  /** Median days from becoming a customer to bringing one; K says nothing about speed without it. */
  readonly cycleDays: Figure;
  /** Customers too young to be counted: their window has not passed. */
  readonly tooYoung: number;
}

/** Fewer customers than this say nothing. */
const FEW = 30;

/**
 * The K-factor of customers whose whole window has passed, so that late introductions are not missing: introductions per
 * customer times the share won = customers won per customer. The interval is that of a mean over customers, since a few
 * bring most. Introductions outside a customer's window do not count.
 */
export function kFactor(
  members: readonly Member[],
  introductions: readonly CountedIntroduction[],
  at: { readonly today: CalendarDay; readonly windowDays: number },
): KFactor {
  const old = members.filter((it) => addDays(it.sinceOn, at.windowDays) <= at.today);
  const made = groupBy(introductions, (it) => it.referrerId);
  const counts: number[] = [];
  const cycles: number[] = [];
  let introduced = 0;
  for (const { partyId, sinceOn } of old) {
    const inWindow = (on: CalendarDay) => on >= sinceOn && on < addDays(sinceOn, at.windowDays);
    const own = (made.get(partyId) ?? []).filter((it) => inWindow(it.introducedOn));
    const won = own.flatMap(({ wonOn }) => (wonOn !== null && inWindow(wonOn) ? [daysBetween(sinceOn, wonOn)] : []));
    introduced += own.length;
    counts.push(won.length);
    cycles.push(...won);
  }
  const n = counts.length;
  return {
    k: meanWithInterval(counts),
    introductionsPerMember: n < FEW ? few(n) : { value: introduced / n, n, reason: null },
    conversion: conversionOf(cycles.length, introduced),
    cycleDays: medianOf(cycles),
    tooYoung: members.length - n,
  };
}

/**
 * Customers after some days for each one at the start, if every customer goes on to bring K others one cycle after they
 * came: (K^(t/c + 1) - 1) / (K - 1). Below K = 1 it stays under 1 / (1 - K).
 * Source: the geometric sum that D. Skok credits to S. Reiss (For Entrepreneurs, 2009).
 *
 * @example
 * growthAfter(2, 10, 50); // 63
 */
export function growthAfter(k: number, cycleDays: number, days: number): number {
  const cycles = days / cycleDays;
  return Math.abs(k - 1) < 1e-9 ? cycles + 1 : (k ** (cycles + 1) - 1) / (k - 1);
}

const few = (n: number) => ({ value: null, n, reason: `not enough: fewer than ${FEW} customers with a full window` });

function meanWithInterval(counts: readonly number[]): ShareFigure {
  const n = counts.length;
  if (n < FEW) return { ...few(n), interval: null };
  const value = counts.reduce((sum, it) => sum + it, 0) / n;
  const variance = counts.reduce((sum, it) => sum + (it - value) ** 2, 0) / (n - 1);
  const width = Z90 * Math.sqrt(variance / n);
  // nobody brought anybody: still up to what a Poisson count of 0 leaves open (-ln .05)
  const high = value === 0 ? -Math.log(0.05) / n : value + width;
  return { value, n, reason: null, interval: [Math.max(0, value - width), high] };
}

function conversionOf(won: number, introduced: number): ShareFigure {
  if (introduced === 0) return { value: null, n: 0, reason: 'nobody was introduced', interval: null };
  const { low, high } = wilson(won, introduced, 0.9);
  return { value: won / introduced, n: introduced, reason: null, interval: [low, high] };
}

function medianOf(days: readonly number[]): Figure {
  const sorted = [...days].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) return { value: null, n: 0, reason: 'nobody was won' };
  return { value: (low + high) / 2, n: sorted.length, reason: null };
}
