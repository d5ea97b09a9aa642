import type { LeavingReason } from '../truth.ts';

/** What drives an account away, as it stands at one instant. */
export interface Drivers {
  /** Use (or order frequency) against the account's own normal, 0 to 1. */
  readonly level: number;
  readonly openUrgentTickets: number;
  /** Late orders in the last 180 days. */
  readonly lateOrders: number;
  readonly championGone: boolean;
  /** Price rise offered for the next term: 0.1 is 10 %. */
  readonly priceRise: number;
  readonly monthsSinceTouch: number;
  readonly tenureYears: number;
  /** An introduction binds as long as the introducer stays. */
  readonly introducer: 'none' | 'stays' | 'left';
  /** What no record shows: standard deviation about 0.6. */
  readonly unseen: number;
}

/** A hazard and what it is made of. */
export interface Hazard {
  /** Chance a month to turn away, 0 to 1. */
  readonly monthly: number;
  /** The driver that weighs most, or `no visible reason`. */
  readonly reason: LeavingReason;
}

/** The log-odds of a month's turning away for a new customer without any trouble. */
const base = -5.9;

/**
 * The true hazard: a logistic of the drivers. The weights are this sandbox's own assumption, chosen so that a book
 * loses about 11 % of its accounts a year; they are no finding about real customers.
 */
export function hazardOf(drivers: Drivers): Hazard {
  const parts: readonly (readonly [LeavingReason, number])[] = [
    ['usage decline', 2.6 * Math.min(1.3, -Math.log(Math.max(0.05, drivers.level)))],
    ['open urgent tickets', 1.2 * Math.min(3, drivers.openUrgentTickets)],
    ['late deliveries', 0.8 * Math.min(3, drivers.lateOrders)],
    ['champion gone', drivers.championGone ? 1.9 : 0],
    ['price rise', 11 * Math.max(0, drivers.priceRise - 0.04)],
    ['no touch', 0.3 * Math.min(6, Math.max(0, drivers.monthsSinceTouch - 2))],
  ];
  const quiet = base - 0.35 * Math.log1p(drivers.tenureYears) + bond[drivers.introducer] + drivers.unseen;
  const logOdds = parts.reduce((sum, [, part]) => sum + part, quiet);
  const [reason, most] = parts.reduce((best, part) => (part[1] > best[1] ? part : best));
  return { monthly: 1 / (1 + Math.exp(-logOdds)), reason: most >= 0.5 ? reason : 'no visible reason' };
}

const bond = { none: 0, stays: -0.5, left: 0.4 } as const;

/** The chance that a month's hazard strikes at least once in a year: what a contract's decision puts at stake. */
export function withinYear(monthly: number): number {
  return 1 - (1 - monthly) ** 12;
}
