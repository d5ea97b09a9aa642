import type { FactId } from '../features/facts.ts';

/** What to do when a driver argues for loss. The text names no person and may be read by the customer. */
export interface Playbook {
  readonly driver: FactId;
  /** At most 255 characters. */
  readonly step: string;
  /** Working time of the account manager: an assumption. */
  readonly hours: number;
  /** Share of the driver's log-odds that doing it removes: an assumption until outcomes are logged. */
  readonly effect: number;
}

/** The shipped playbooks, one per driver that a person can act on. */
export const PLAYBOOKS: readonly Playbook[] = [
  {
    driver: 'noticeGiven',
    step: 'Ask for a talk about the notice this week: what led to it, and what would have to be true to stay.',
    hours: 4,
    effect: 0.1,
  },
  {
    driver: 'contractLapsed',
    step: 'No contract runs: find out whether the work goes on, then agree on new terms or correct the record.',
    hours: 2,
    effect: 0.3,
  },
  {
    driver: 'renewalLost',
    step: 'Ask why the renewal was not signed, and offer a smaller or different agreement.',
    hours: 3,
    effect: 0.2,
  },
  {
    driver: 'renewalNotStarted',
    step: 'Open the renewal talk now: agree on goals for the next term before discussing terms.',
    hours: 2,
    effect: 0.6,
  },
  {
    driver: 'seatsUsedShare',
    step: 'Go through the unused seats together: train the teams that have not started, or right-size before the renewal.',
    hours: 3,
    effect: 0.4,
  },
  {
    driver: 'usageTrend',
    step: 'Ask what changed in the last month of use, and agree on one step to bring the work back.',
    hours: 2,
    effect: 0.4,
  },
  {
    driver: 'orderIntervalDrift',
    step: 'Call about the next order: the usual day has passed. Ask whether need, stock or supplier changed.',
    hours: 1,
    effect: 0.4,
  },
  {
    driver: 'revenueTrend365',
    step: 'Compare this year\u2019s purchases with last year\u2019s and ask where the difference went.',
    hours: 2,
    effect: 0.3,
  },
  {
    driver: 'daysSinceTouch',
    step: 'Get in touch this week with something of use to them, and agree on a rhythm of contact.',
    hours: 1,
    effect: 0.6,
  },
  {
    driver: 'twoWayTouches90',
    step: 'Arrange a conversation in which they speak: a review of the results so far.',
    hours: 2,
    effect: 0.5,
  },
  {
    driver: 'peopleInTouch180',
    step: 'Get to know a second and third person at the customer, best through the one you know.',
    hours: 2,
    effect: 0.4,
  },
  {
    driver: 'decisionMakerKnown',
    step: 'Find out who decides on the renewal and ask to be introduced.',
    hours: 2,
    effect: 0.5,
  },
  {
    driver: 'ownerMissing',
    step: 'Appoint an account manager and introduce them to the customer.',
    hours: 1,
    effect: 0.9,
  },
  {
    driver: 'referrerLeaving',
    step: 'Check that this customer\u2019s own reasons to stay hold: ask for the results they have reached.',
    hours: 1,
    effect: 0.3,
  },
  {
    driver: 'openUrgentTickets',
    step: 'See the urgent ticket through to its end and tell the customer the day it will be solved.',
    hours: 2,
    effect: 0.6,
  },
  {
    driver: 'oldestOpenTicketDays',
    step: 'Close the oldest ticket or agree on a day for it, and say so to the customer.',
    hours: 1,
    effect: 0.6,
  },
  {
    driver: 'escalations90',
    step: 'Review the escalation with the customer: cause, repair, and how it will not happen again.',
    hours: 3,
    effect: 0.4,
  },
  {
    driver: 'ticketVolumeTrend',
    step: 'Look for one common cause behind the recent tickets and settle it.',
    hours: 3,
    effect: 0.4,
  },
  {
    driver: 'onTimeShare180',
    step: 'Agree on promised days that can be kept, and report on them each month.',
    hours: 3,
    effect: 0.4,
  },
  {
    driver: 'overdueLines',
    step: 'Name a firm new day for every overdue delivery before the customer asks.',
    hours: 1,
    effect: 0.6,
  },
  {
    driver: 'inFullShare180',
    step: 'Settle the short deliveries and check stock before the next promise.',
    hours: 2,
    effect: 0.4,
  },
  {
    driver: 'priceChange180',
    step: 'Show what the price buys, and check whether the agreed terms were applied.',
    hours: 2,
    effect: 0.3,
  },
  { driver: 'npsLast', step: 'Answer the survey: say what was heard and what will change.', hours: 1, effect: 0.3 },
  {
    driver: 'managerView',
    step: 'Write down what troubles the relation and agree on a plan with the team.',
    hours: 1,
    effect: 0.3,
  },
];

/** Where no driver argues for loss. */
export const STEADY_STEP = 'Nothing stands out: keep the agreed rhythm of contact.';
/** Where too little is known to say. */
export const FIND_OUT_STEP =
  'Too little is known: record the last talks, the agreement and the open questions of this account.';
