import type { LeavingReason } from '../truth.ts';

/** What drives an account away, as it stands at one instant. */
export interface Drivers {
  /** Use (or order frequency) against the account's own normal, 0 to 1. */
  readonly level: number;
  /** Share of the bought seats that are in use in normal times, 0 to 1. */
  readonly adoption: number;
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
const base = -7.75;

/**
 * The true hazard: a logistic of the drivers. The weights are this sandbox's own assumption, chosen so that a book
 * loses about 11 % of its accounts a year; they are no finding about real customers.
 */
export function hazardOf(drivers: Drivers): Hazard {
  const parts = [
    4 * Math.min(1.3, -Math.log(Math.max(0.05, drivers.level))),
    8 * Math.max(0, 0.8 - drivers.adoption),
    1.7 * Math.min(3, drivers.openUrgentTickets),
    1.2 * Math.min(3, drivers.lateOrders),
    drivers.championGone ? 3.4 : 0,
    16 * Math.max(0, drivers.priceRise - 0.04),
    0.5 * Math.min(8, Math.max(0, drivers.monthsSinceTouch - 2)),
  ];
  const quiet = base - 0.4 * Math.log1p(drivers.tenureYears) + bond[drivers.introducer] + drivers.unseen;
  const logOdds = quiet + parts.reduce((sum, part) => sum + part, 0);
  const most = Math.max(...parts);
  const reason = most >= 0.5 ? reasons[parts.indexOf(most)]! : 'no visible reason';
  return { monthly: 1 / (1 + Math.exp(-logOdds)), reason };
}

/** In the order of the parts. */
const reasons: readonly LeavingReason[] = [
  'usage decline',
  'low use',
  'open urgent tickets',
  'late deliveries',
  'champion gone',
  'price rise',
  'no touch',
];

const bond = { none: 0, stays: -0.5, left: 0.4 } as const;

/** The chance that a month's hazard strikes at least once in a year: what a contract's decision puts at stake. */
export function withinYear(monthly: number): number {
  return 1 - (1 - monthly) ** 12;
}
