import type { Scorecard, ScorecardRow } from './scorecard.ts';

const BASE_SOURCE =
  'KBCM and Pacific Crest private SaaS survey 2017, median yearly loss of accounts 11 %; old, and not your trade';

const COMMON_ROWS: readonly ScorecardRow[] = [
  {
    feature: 'tenureDays',
    from: 730,
    to: 2190,
    points: -0.4,
    low: 0,
    high: 3650,
    scale: 'log1p',
    source: 'assumption; direction: sBG, Fader and Hardie 2007',
  },
  {
    feature: 'seatsUsedShare',
    from: 0.8,
    to: 0.4,
    points: 0.8,
    low: 0,
    high: 1.1,
    source: 'assumption; cut-offs: GitLab handbook, licence use',
  },
  { feature: 'usageTrend', from: 0, to: -0.7, points: 0.9, low: -1.4, high: 0.7, source: 'assumption' },
  {
    feature: 'daysSinceTouch',
    from: 30,
    to: 90,
    points: 0.4,
    low: 0,
    high: 365,
    scale: 'log1p',
    source: 'assumption; cut-offs: PostHog handbook, last meeting',
  },
  { feature: 'twoWayTouches90', from: 2, to: 0, points: 0.3, low: 0, high: 6, source: 'assumption' },
  { feature: 'peopleInTouch180', from: 2, to: 0, points: 0.5, low: 0, high: 5, source: 'assumption' },
  { feature: 'decisionMakerKnown', from: 1, to: 0, points: 0.3, low: 0, high: 1, source: 'assumption' },
  { feature: 'ownerMissing', from: 0, to: 1, points: 0.4, low: 0, high: 1, source: 'assumption' },
  {
    feature: 'referrerLeaving',
    from: 0,
    to: 1,
    points: 0.4,
    low: 0,
    high: 1,
    source: 'assumption; direction: Van den Bulte, Bayer, Skiera, Schmitt 2018',
  },
  { feature: 'openUrgentTickets', from: 0, to: 1, points: 0.5, low: 0, high: 3, source: 'assumption' },
  {
    feature: 'oldestOpenTicketDays',
    from: 0,
    to: 30,
    points: 0.4,
    low: 0,
    high: 180,
    scale: 'log1p',
    source: 'assumption',
  },
  { feature: 'escalations90', from: 0, to: 1, points: 0.6, low: 0, high: 3, source: 'assumption' },
  { feature: 'ticketVolumeTrend', from: 0, to: 0.7, points: 0.3, low: -0.7, high: 1.4, source: 'assumption' },
  { feature: 'onTimeShare180', from: 0.95, to: 0.8, points: 0.4, low: 0.5, high: 1, source: 'assumption' },
  { feature: 'overdueLines', from: 0, to: 1, points: 0.3, low: 0, high: 4, source: 'assumption' },
  { feature: 'inFullShare180', from: 0.97, to: 0.85, points: 0.3, low: 0.5, high: 1, source: 'assumption' },
  { feature: 'priceChange180', from: 0, to: 0.1, points: 0.4, low: -0.2, high: 0.3, source: 'assumption' },
  {
    feature: 'npsLast',
    from: 7.5,
    to: 4,
    points: 0.5,
    low: 0,
    high: 10,
    fades: { age: 'npsAgeDays', halfLifeDays: 120 },
    source: 'assumption',
  },
  { feature: 'managerView', from: 0, to: 1, points: 0.7, low: -1, high: 1, source: 'assumption; capped' },
];

const CONTRACT_ROWS: readonly ScorecardRow[] = [
  { feature: 'noticeGiven', from: 0, to: 1, points: 5, low: 0, high: 1, source: 'assumption: nearly certain' },
  {
    feature: 'contractLapsed',
    from: 0,
    to: 1,
    points: 4,
    low: 0,
    high: 1,
    source: 'assumption: it has left, or the record is wrong',
  },
  { feature: 'renewalLost', from: 0, to: 1, points: 2, low: 0, high: 1, source: 'assumption' },
  {
    feature: 'renewalNotStarted',
    from: 0,
    to: 1,
    points: 0.6,
    low: 0,
    high: 1,
    source: 'assumption; Mattermost handbook counts silence before renewal as risk',
  },
  {
    feature: 'renewals',
    from: 0,
    to: 3,
    points: -0.3,
    low: 0,
    high: 10,
    scale: 'log1p',
    source: 'assumption; direction: sBG, Fader and Hardie 2007',
  },
  { feature: 'autoRenews', from: 0.5, to: 1, points: -0.2, low: 0, high: 1, source: 'assumption' },
];

const ORDER_ROWS: readonly ScorecardRow[] = [
  { feature: 'orderIntervalDrift', from: 1, to: 3, points: 1.2, low: 0.5, high: 6, source: 'assumption' },
  { feature: 'revenueTrend365', from: 0, to: -0.7, points: 0.8, low: -2, high: 1, source: 'assumption' },
];

/** Accounts that decide at the end of a term. The yearly rate is taken as the rate per decision: most terms behind it were a year. */
export const CONTRACT_CARD: Scorecard = {
  model: 'contract',
  version: 'contract-first-form-2',
  yearlyLoss: 0.11,
  baseSource: BASE_SOURCE,
  baseWidth: 1,
  pointsWidth: 0.5,
  rows: [...CONTRACT_ROWS, ...COMMON_ROWS],
};

/** Accounts that decide order by order; the yearly rate is scaled to the horizon. */
export const ORDERS_CARD: Scorecard = {
  model: 'orders',
  version: 'orders-first-form-1',
  yearlyLoss: 0.11,
  baseSource: BASE_SOURCE,
  baseWidth: 1,
  pointsWidth: 0.5,
  rows: [...ORDER_ROWS, ...COMMON_ROWS],
};
