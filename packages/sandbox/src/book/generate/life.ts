import { addMonths, DAY, dayOf } from '../calendar.ts';
import { roles } from '../names.ts';
import type { Random } from '../random.ts';
import type { LeavingReason } from '../truth.ts';
import type { AccountPlan } from './account-plan.ts';
import { addContact } from './contact-plan.ts';
import { type ContractPlan, finishContract, firstContract, loseRenewal, renew } from './contracts.ts';
import type { Draft } from './draft.ts';
import { type Hazard, hazardOf, withinYear } from './hazard.ts';
import { expandInMonth, firstSale } from './opportunities.ts';
import { orderInMonth } from './orders.ts';
import { surveyInMonth } from './surveys.ts';
import { ticketsInMonth } from './tickets.ts';
import { noteDeparture, touchesInMonth } from './touches.ts';
import { usageInMonth } from './usage.ts';

/** What changes about a customer from month to month. Instants are milliseconds. */
export interface Life {
  readonly plan: AccountPlan;
  readonly random: Random;
  readonly unseen: number;
  /** Touches a month when nobody neglects the account. */
  readonly attention: number;
  readonly metered: boolean;
  /** Share of the bought seats in use in normal times, 0 to 1. */
  readonly adoption: number;
  level: number;
  decliningUntil: number;
  recovering: boolean;
  incidentUntil: number;
  lateUntil: number;
  silentUntil: number;
  championBackAt: number;
  lastTouchAt: number;
  nextSurveyAt: number;
  /** Urgent tickets: when each is opened and closed. */
  readonly urgent: { readonly openedAt: number; readonly closedAt: number }[];
  /** When each late order's promise was broken. */
  readonly lateAt: number[];
  contract?: ContractPlan;
  /** Seats in use by right, with expansions of the running term. */
  seats: number;
  /** How it stands at `asOf`, for the truth. */
  ahead?: { readonly monthly: number; readonly leaveProbability: number } | undefined;
  leaving?: { readonly reason: LeavingReason; readonly decidedAt: number; readonly leftAt: number };
}

/** Tells one customer's life, month by month, to 12 months after `asOf`; records what is known by `asOf`, and the truth. */
export function liveCustomer(draft: Draft, plan: AccountPlan): void {
  const life = startLife(draft, plan);
  if (plan.buys !== 'orders') firstContract(draft, life);
  firstSale(draft, life);
  warmUp(draft, life);
  for (let month = 0; month + 1 < draft.borders.length; month += 1) {
    const [from, to] = [draft.borders[month]!, draft.borders[month + 1]!];
    if (to <= plan.since!) continue;
    const begin = Math.max(from, plan.since!);
    const hazard = hazardOf(driversAt(life, begin));
    if (begin === draft.asOf && !life.leaving) life.ahead = lookAhead(draft, life, hazard.monthly);
    if (!life.leaving) decide(draft, life, begin, to, hazard);
    const end = Math.min(to, life.leaving?.leftAt ?? to);
    liveMonth(draft, life, begin, end, month, hazard);
    if (end < to) break;
  }
  if (life.contract) finishContract(draft, life);
  if (life.leaving) plan.leftAt = life.leaving.leftAt;
  recordTruth(draft, life);
}

function startLife(draft: Draft, plan: AccountPlan): Life {
  const random = draft.random(`${plan.id}/life`);
  const begin = Math.max(draft.start, plan.since!);
  return {
    ...{ plan, random, level: 1, recovering: false, urgent: [], lateAt: [], seats: 0 },
    unseen: 0.6 * random.normal(),
    attention: Math.exp(0.45 * random.normal()) * (plan.ownerId === undefined ? 0.35 : 0.8),
    metered: plan.buys !== 'orders' && random.chance(0.75),
    adoption: plan.buys === 'orders' ? 1 : 0.96 - 0.62 * random.next() ** 2.2,
    ...{ decliningUntil: 0, incidentUntil: 0, lateUntil: 0, silentUntil: 0, championBackAt: 0 },
    lastTouchAt: begin,
    nextSurveyAt: begin + random.between(60, 240) * DAY,
  };
}

/** Older customers enter the window with the troubles of the year before, or its first months would look too good. */
function warmUp(draft: Draft, life: Life): void {
  for (let month = 18; month > 0; month -= 1) {
    const at = addMonths(draft.start, -month);
    if (at > life.plan.since!) troubles(draft, life, at);
  }
  if (life.silentUntil > draft.start) life.lastTouchAt -= life.random.between(0, 240) * DAY;
}

function driversAt(life: Life, at: number): Parameters<typeof hazardOf>[0] {
  const { plan, contract } = life;
  const introducer =
    plan.introducer === undefined ? 'none' : (plan.introducer.leftAt ?? Infinity) > at ? 'stays' : 'left';
  return {
    ...{ level: life.level, adoption: life.adoption, unseen: life.unseen, introducer },
    openUrgentTickets: count(life.urgent, (one) => one.openedAt < at && one.closedAt > at),
    lateOrders: count(life.lateAt, (late) => late < at && late > at - 180 * DAY),
    championGone: life.championBackAt > at,
    priceRise: contract !== undefined && contract.offeredAt < at ? contract.priceRise : 0,
    monthsSinceTouch: (at - life.lastTouchAt) / (30 * DAY),
    tenureYears: (at - plan.since!) / (365 * DAY),
  };
}

const count = <T>(list: readonly T[], test: (one: T) => boolean) => list.reduce((n, one) => (test(one) ? n + 1 : n), 0);

/** How much of the hazard strikes before a contract's decision is due. */
const early = 0.03;

/** Fate from outside in any month; orders decide in any month; contracts at their last day for notice, seldom before. */
function decide(draft: Draft, life: Life, from: number, to: number, hazard: Hazard): void {
  const { random, contract, plan } = life;
  if (contract && contract.startsAt > from) return; // just renewed: the new term has not begun
  const at = random.between(from, to);
  const [fate, draw] = [random.next(), random.next()];
  if (fate < 0.0004) leave(draft, life, at, addMonths(at, 1), fate < 0.0002 ? 'insolvency' : 'acquired');
  else if (plan.buys === 'orders') {
    if (draw < hazard.monthly) leave(draft, life, at, at, hazard.reason);
  } else if (contract && contract.decidesAt < to) {
    if (draw < withinYear(hazard.monthly))
      leave(draft, life, Math.max(from, contract.decidesAt), contract.endsAt, hazard.reason);
    else renew(draft, life, hazard);
  } else if (draw < early * hazard.monthly) leave(draft, life, at, addMonths(at, 1), hazard.reason);
}

function leave(draft: Draft, life: Life, decidedAt: number, leftAt: number, reason: LeavingReason): void {
  life.leaving = { reason, decidedAt, leftAt };
  if (life.contract) loseRenewal(draft, life);
}

function liveMonth(draft: Draft, life: Life, from: number, to: number, month: number, hazard: Hazard): void {
  troubles(draft, life, from);
  usageInMonth(draft, life, from, to, month);
  orderInMonth(draft, life, from, to);
  ticketsInMonth(draft, life, from, to);
  touchesInMonth(draft, life, from, to);
  surveyInMonth(draft, life, from, to, hazard);
  if (!life.leaving) expandInMonth(draft, life, from, to);
}

/** Starts and ends what goes wrong. Each trouble shows in the records before it shows in the hazard. */
function troubles(draft: Draft, life: Life, at: number): void {
  const { random } = life;
  if (life.leaving) life.level *= 0.85;
  else if (life.decliningUntil > at) life.level *= random.between(0.8, 0.93);
  else if (life.level < 1 && life.recovering) life.level = Math.min(1, life.level * 1.12);
  else if (random.chance(0.009)) {
    life.decliningUntil = at + random.between(120, 330) * DAY;
    life.recovering = random.chance(0.2);
  }
  if (random.chance(0.008)) life.incidentUntil = at + random.between(120, 400) * DAY;
  if (random.chance(0.01)) life.lateUntil = at + random.between(120, 400) * DAY;
  if (random.chance(life.plan.ownerId === undefined ? 0.03 : 0.008))
    life.silentUntil = at + random.between(200, 600) * DAY;
  if (life.championBackAt < at && random.chance(0.007)) loseChampion(draft, life, at);
}

function loseChampion(draft: Draft, life: Life, at: number): void {
  const { random, plan } = life;
  const gone = plan.contacts.find((one) => one.role === 'champion' && one.goneAt === undefined && one.createdAt < at);
  if (!gone) return;
  gone.goneAt = at;
  life.championBackAt = random.chance(0.7) ? at + random.between(90, 330) * DAY : Infinity;
  noteDeparture(draft, life, gone, at);
  if (life.championBackAt < Infinity) addContact(draft, plan, life.championBackAt, roles[0]!, random);
}

function recordTruth(draft: Draft, { plan, leaving, ahead }: Life): void {
  draft.truth.accounts.push({
    accountId: plan.id,
    model: plan.buys === 'orders' ? 'orders' : 'contract',
    customerSinceOn: dayOf(plan.since!),
    ...(leaving && { leftOn: dayOf(leaving.leftAt), reason: leaving.reason, decidedOn: dayOf(leaving.decidedAt) }),
    ...(ahead && { monthlyHazard: rounded(ahead.monthly), leaveProbability: rounded(ahead.leaveProbability) }),
  });
}

/** Contracts count by whether a decision falls into the year ahead. */
function lookAhead(draft: Draft, { plan, contract }: Life, monthly: number): Life['ahead'] {
  const decides = plan.buys === 'orders' || contract!.decidesAt < draft.borders.at(-1)!;
  return { monthly, leaveProbability: withinYear(decides ? monthly : early * monthly) };
}

const rounded = (share: number) => Math.round(share * 1e6) / 1e6;
