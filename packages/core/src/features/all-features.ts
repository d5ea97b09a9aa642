import { autoRenews } from './auto-renews.ts';
import { contractLapsed } from './contract-lapsed.ts';
import { daysSinceTouch } from './days-since-touch.ts';
import { daysToDecision } from './days-to-decision.ts';
import { decisionMakerKnown } from './decision-maker-known.ts';
import { escalations90 } from './escalations-90.ts';
import type { Feature } from './feature.ts';
import { inFullShare180 } from './in-full-share-180.ts';
import { managerView } from './manager-view.ts';
import { noticeGiven } from './notice-given.ts';
import { npsAgeDays } from './nps-age-days.ts';
import { npsLast } from './nps-last.ts';
import { oldestOpenTicketDays } from './oldest-open-ticket-days.ts';
import { onTimeShare180 } from './on-time-share-180.ts';
import { openUrgentTickets } from './open-urgent-tickets.ts';
import { orderIntervalDrift } from './order-interval-drift.ts';
import { overdueLines } from './overdue-lines.ts';
import { ownerMissing } from './owner-missing.ts';
import { peopleInTouch180 } from './people-in-touch-180.ts';
import { priceChange180 } from './price-change-180.ts';
import { referrerLeaving } from './referrer-leaving.ts';
import { renewalLost } from './renewal-lost.ts';
import { renewalNotStarted } from './renewal-not-started.ts';
import { renewals } from './renewals.ts';
import { revenueTrend365 } from './revenue-trend-365.ts';
import { seatsUsedShare } from './seats-used-share.ts';
import { tenureDays } from './tenure-days.ts';
import { ticketVolumeTrend } from './ticket-volume-trend.ts';
import { twoWayTouches90 } from './two-way-touches-90.ts';
import { usageTrend } from './usage-trend.ts';

/** Every feature, in the order in which coverage is shown. */
export const FEATURES: readonly Feature[] = [
  daysToDecision,
  noticeGiven,
  contractLapsed,
  autoRenews,
  renewalNotStarted,
  renewalLost,
  tenureDays,
  seatsUsedShare,
  usageTrend,
  daysSinceTouch,
  twoWayTouches90,
  peopleInTouch180,
  decisionMakerKnown,
  ownerMissing,
  referrerLeaving,
  openUrgentTickets,
  oldestOpenTicketDays,
  escalations90,
  ticketVolumeTrend,
  onTimeShare180,
  overdueLines,
  inFullShare180,
  orderIntervalDrift,
  revenueTrend365,
  priceChange180,
  renewals,
  npsLast,
  npsAgeDays,
  managerView,
];
