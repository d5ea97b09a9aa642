import type { CalendarDay } from '../model/dates.ts';
import type { Money } from '../model/money.ts';

/** The numbers that a score is made of, by feature id. Leave out, or set `null`, what is not known: that is neutral. */
export interface DriverFacts {
  /** Days until the customer must decide (contract end less notice); negative when that day has passed. */
  readonly daysToDecision?: number | null;
  /** 1 when the customer has given notice, else 0. */
  readonly noticeGiven?: number | null;
  /** 1 when the account had a contract, none runs any more and it orders nothing, else 0. */
  readonly contractLapsed?: number | null;
  /** 1 when the contract renews itself, else 0. */
  readonly autoRenews?: number | null;
  /** Days since the first contract, won opportunity or order. */
  readonly tenureDays?: number | null;
  /** 1 when the decision is at most 90 days away and no renewal opportunity is open, else 0. */
  readonly renewalNotStarted?: number | null;
  /** 1 when the latest renewal opportunity, closed in the last 365 days, was lost, else 0. */
  readonly renewalLost?: number | null;
  /** Seats in use over seats bought, 0 to 1 (more than 1 when overused). */
  readonly seatsUsedShare?: number | null;
  /** Natural logarithm of use in the last 30 days over the monthly use of the 90 days before; 0 is steady. */
  readonly usageTrend?: number | null;
  /** Days since a person last had to do with the customer (call, mail, meeting). */
  readonly daysSinceTouch?: number | null;
  /** Meetings and inbound calls and mails in the last 90 days. */
  readonly twoWayTouches90?: number | null;
  /** Different people at the customer with a touch in the last 180 days. */
  readonly peopleInTouch180?: number | null;
  /** 1 when a decision maker, sponsor or champion is among the contacts' roles, else 0. */
  readonly decisionMakerKnown?: number | null;
  /** Open tickets of a priority that the profile calls urgent. */
  readonly openUrgentTickets?: number | null;
  /** Days that the oldest open ticket has been open; 0 when none is. */
  readonly oldestOpenTicketDays?: number | null;
  /** Escalated tickets opened in the last 90 days. */
  readonly escalations90?: number | null;
  /** Natural logarithm of tickets in the last 30 days over the monthly number of the 180 days before (one added to each). */
  readonly ticketVolumeTrend?: number | null;
  /** Share of orders shipped in the last 180 days that were shipped in time, 0 to 1. */
  readonly onTimeShare180?: number | null;
  /** Orders and milestones not shipped although their promised day has passed. */
  readonly overdueLines?: number | null;
  /** Share of lines delivered in the last 180 days that came in full, 0 to 1. */
  readonly inFullShare180?: number | null;
  /** Days since the last order over the account's usual interval; 1 is on time for the next order. */
  readonly orderIntervalDrift?: number | null;
  /** Natural logarithm of orders' value in the last 365 days over the 365 before; 0 is steady. */
  readonly revenueTrend365?: number | null;
  /** Mean of each respondent's latest NPS answer of the last 365 days, 0 to 10. */
  readonly npsLast?: number | null;
  /** Days since the newest of those answers; it makes them fade. */
  readonly npsAgeDays?: number | null;
  /** The account manager's view: -1 good, 0 unsure, 1 bad. */
  readonly managerView?: number | null;
  /** 1 when an account that introduced this one has left or given notice, else 0. */
  readonly referrerLeaving?: number | null;
  /** 1 when nobody active owns the account, else 0. */
  readonly ownerMissing?: number | null;
  /** Natural logarithm of net unit prices (after discount) of the last 180 days over those of the 365 before. */
  readonly priceChange180?: number | null;
  /** Terms that followed another one. */
  readonly renewals?: number | null;
}

export type FactId = keyof DriverFacts;

/** How an account decides: at the end of a term, or order by order. Two models, never mixed. */
export type RetentionModel = 'contract' | 'orders';

/** Everything `scoreAccount` takes: a plain object, every key optional. */
export interface AccountFacts extends DriverFacts {
  /** Default: `contract` when a contract's fact is given, else `orders`. */
  readonly model?: RetentionModel;
  /** Length of the contract's term in days, the horizon of the contract model; default 365. */
  readonly termDays?: number | null;
  /** Recurring value per year; without it revenue at risk is `null`. */
  readonly recurring?: Money | null;
  /** The day the score is for; needed to hold a band and to say since when it holds. */
  readonly on?: CalendarDay;
}
