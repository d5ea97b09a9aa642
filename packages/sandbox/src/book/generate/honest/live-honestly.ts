import { addMonths, DAY, dayOf, instantOf } from '../../calendar.ts';
import type { Random } from '../../random.ts';
import type { LeavingReason } from '../../truth.ts';
import type { AccountPlan } from '../account-plan.ts';
import { peopleAt } from '../contact-plan.ts';
import { attainableAtDecision, type Snapshot, snapshotOf } from './attainable.ts';
import {
  afterStaying,
  beliefBefore,
  drawHidden,
  type HiddenBelief,
  monthLater,
  moodDeviation,
  moodOf,
  nextHidden,
  useErrorDeviation,
} from './hidden-cause.ts';
import { drawDouble, recordAccount } from './honest-account.ts';
import type { HonestDraft } from './honest-draft.ts';
import { atDecision, honestReason, logOddsOf, type Unknowns } from './honest-hazard.ts';
import { passMonth } from './honest-month.ts';
import { type RecordContext, recorderOf, recordOrdinaryTickets, recordStandingTicket } from './honest-records.ts';
import { recordExpansion, recordFirstSale, recordRenewal } from './honest-sales.ts';
import { driversAt, type HonestDrivers, type HonestState } from './honest-state.ts';
import { firstTerm, type HonestTerm, nextTerm, recordTerm } from './honest-terms.ts';

/** One account as it goes. Instants are milliseconds. */
interface Course {
  readonly draft: HonestDraft;
  readonly plan: AccountPlan;
  /** Draws what happens; details of records have a stream of their own. */
  readonly random: Random;
  readonly state: HonestState;
  readonly context: RecordContext;
  /** The hidden cause, as its place among the belief's values. */
  hidden: number;
  belief: HiddenBelief;
  snapshots: Snapshot[];
  nextSurveyAt: number;
  term: HonestTerm;
  leaving?: { readonly reason: LeavingReason; readonly decidedAt: number; readonly leftAt: number };
}

/** Tells the life of one customer with contracts to 12 months after the end, and records what is known by the end. */
export function liveHonestly(draft: HonestDraft, plan: AccountPlan): void {
  const course = begin(draft, plan);
  const { state, context } = course;
  const recorder = recorderOf(context);
  recordFirstSale(draft, plan, context.random, course.term);
  for (let month = 0; month + 1 < draft.borders.length; month += 1) {
    const [start, to] = [draft.borders[month]!, draft.borders[month + 1]!];
    if (to <= plan.since!) continue;
    const from = Math.max(start, plan.since!);
    const drivers = driversAt(state, from);
    if (from === start) remember(course, from);
    if (!course.leaving) decide(course, month, from, to, drivers);
    const end = Math.min(to, course.leaving?.leftAt ?? to);
    if (end > from) {
      passMonth(state, course.random, { from, to: end, whole: from === start && end === to }, recorder);
      recordOrdinaryTickets(context, from, end);
      survey(course, drivers, from, end);
      if (!course.leaving && context.random.chance(0.015))
        recordExpansion(draft, plan, context.random, from, course.term);
    }
    if (end < to) break;
    course.belief = monthLater(course.belief);
    course.hidden = nextHidden(course.belief, course.hidden, course.random);
  }
  finish(course);
}

function begin(draft: HonestDraft, plan: AccountPlan): Course {
  const random = draft.random(`${plan.id}/life`);
  const from = Math.max(draft.start, plan.since!);
  const term = firstTerm(draft, plan, random);
  const state = startState(plan, random, from, term.autoRenews);
  const before = beliefBefore(draft.settings.hidden);
  const course: Course = {
    ...{ draft, plan, random, state, term },
    hidden: drawHidden(before, random),
    belief: before,
    snapshots: [],
    nextSurveyAt: from + random.between(10, 190) * DAY,
    context: {
      ...{ draft, plan, random: draft.random(`${plan.id}/details`), double: drawDouble(draft, plan) },
      seats: () => course.term.seats,
      until: () => course.leaving?.leftAt ?? Infinity,
    },
  };
  return course;
}

function startState(plan: AccountPlan, random: Random, from: number, autoRenews: boolean): HonestState {
  const low = random.chance(0.42);
  return {
    ...{ since: plan.since!, owned: plan.ownerId !== undefined },
    normal: low ? random.between(0.35, 0.8) : random.between(0.72, 0.97),
    metered: random.chance(0.92),
    autoRenews,
    orderRate: plan.buys === 'both' ? random.between(0.4, 1.1) : 0,
    level: random.chance(0.2) ? -random.between(0, 0.7) : 0,
    ...{ shares: [], urgent: [], orders: [], lastUrgentAt: -Infinity },
    lastTouchAt: from - random.between(0, 60) * DAY,
  };
}

/** Snapshots of the last months: the cut-off of a decision lies up to three borders back. */
function remember(course: Course, at: number): void {
  course.snapshots.push(snapshotOf(at, course.state, course.belief));
  if (course.snapshots.length > 5) course.snapshots.shift();
}

/** Insolvency and sale come in any month; otherwise the account decides in the month of its last day for notice. */
function decide(course: Course, month: number, from: number, to: number, drivers: HonestDrivers): void {
  const { random, draft, term } = course;
  const [fate, draw, late] = [random.next(), random.next(), random.chance(draft.settings.lateRenewals)];
  const unknowns: Unknowns = {
    ...{ hidden: course.belief.values[course.hidden]!, shock: draft.shocks[month]!, priceRise: term.priceRise },
    useError: useErrorDeviation * random.normal(),
  };
  if (fate < 0.0004) {
    const at = random.between(from, to);
    leave(course, at, addMonths(at, 1), fate < 0.0002 ? 'insolvency' : 'acquired');
    return;
  }
  if (term.decidesAt >= to || term.decidesAt < from) return;
  const choice = { accountId: course.plan.id, decidesOn: dayOf(term.decidesAt) };
  const treated = draft.settings.actOn?.(choice) ?? false;
  const untreated = atDecision(logOddsOf(drivers, unknowns));
  const chance = untreated * (treated ? 1 - draft.settings.effect : 1);
  const lost = draw < chance;
  noteDecision(course, from, { hazard: untreated, lost, treated });
  if (lost) {
    leave(course, term.decidesAt, term.endsAt, honestReason(drivers, unknowns));
    return;
  }
  course.belief = afterStaying(course.belief, drivers, {
    ...{ priceRise: term.priceRise, shock: draft.settings.shock },
    share: treated ? 1 - draft.settings.effect : 1,
  });
  renew(course, late);
}

function leave(course: Course, decidedAt: number, leftAt: number, reason: LeavingReason): void {
  course.leaving = { reason, decidedAt, leftAt };
}

function renew(course: Course, late: boolean): void {
  const { draft, plan, term, random, context } = course;
  const seats = random.chance(0.08) ? Math.max(6, Math.round(term.seats * random.between(0.6, 0.9))) : term.seats;
  const closesAt = Math.floor(term.decidesAt + random.next() * (term.endsAt - term.decidesAt));
  recordRenewal(draft, plan, context.random, term, { won: true, closesAt });
  recordTerm(draft, plan, context.random, term, undefined);
  course.term = nextTerm(draft, random, term, late, seats);
}

function noteDecision(
  course: Course,
  decidedFrom: number,
  { hazard, lost, treated }: { readonly hazard: number; readonly lost: boolean; readonly treated: boolean },
): void {
  const { draft, plan, term, snapshots } = course;
  const { leadDays, attainableFrom, paths, shock } = draft.settings;
  const cutoff = snapshots.findLast((one) => one.at <= term.decidesAt - (leadDays - 1) * DAY);
  const wanted = cutoff && dayOf(term.decidesAt) >= (attainableFrom ?? '');
  const borders = wanted ? draft.borders.filter((at) => at >= cutoff.at && at <= decidedFrom) : [];
  const random = wanted ? draft.random(`${plan.id}/${term.id}/futures`) : undefined;
  draft.decisions.push({
    ...{ accountId: plan.id, model: 'contract', decidesOn: dayOf(term.decidesAt), lost, treated },
    hazard,
    ...(cutoff && { cutoffAt: instantOf(cutoff.at) }),
    ...(wanted && { attainable: attainableAtDecision(cutoff, borders, { random: random!, paths, shock }) }),
  });
}

/** Asked twice a year, two in five answer. */
function survey(course: Course, drivers: HonestDrivers, from: number, to: number): void {
  const { draft, plan, random } = course;
  if (course.nextSurveyAt >= to) return;
  const at = Math.floor(Math.max(from, course.nextSurveyAt));
  course.nextSurveyAt = at + random.between(160, 210) * DAY;
  const [answers, mood] = [random.chance(0.4), moodOf(drivers) + moodDeviation * random.normal()];
  if (!answers) return;
  const score = Math.max(0, Math.min(10, Math.round(mood)));
  if (at > draft.asOf) return;
  const people = peopleAt(plan, at);
  draft.book.surveys.push({
    ...{ id: draft.nextId('survey'), accountId: plan.id, kind: 'nps', score, respondedAt: instantOf(at) },
    ...(people.length > 0 && { contactId: people[0]!.id }),
  });
}

function finish(course: Course): void {
  const { draft, plan, leaving, term, context } = course;
  if (leaving) {
    plan.leftAt = leaving.leftAt;
    const closesAt = Math.floor(leaving.decidedAt + context.random.between(0, 12) * DAY);
    recordRenewal(draft, plan, context.random, term, { won: false, closesAt });
  }
  recordTerm(draft, plan, context.random, term, leaving);
  if (context.random.chance(draft.settings.standingTickets))
    recordStandingTicket(context, Math.max(draft.start, plan.since!), leaving?.leftAt);
  recordAccount(draft, plan);
  draft.truth.accounts.push({
    ...{ accountId: plan.id, model: 'contract', customerSinceOn: dayOf(plan.since!) },
    ...(leaving && { leftOn: dayOf(leaving.leftAt), reason: leaving.reason, decidedOn: dayOf(leaving.decidedAt) }),
  });
}
