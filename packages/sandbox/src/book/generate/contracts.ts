import { addMonths, DAY, dayOf, instantOf, startOfDay, workingTime } from '../calendar.ts';
import { products } from '../names.ts';
import type { Random } from '../random.ts';
import { cents, currency, type Draft } from './draft.ts';
import type { Hazard } from './hazard.ts';
import type { Life } from './life.ts';
import { recordOpportunity } from './opportunities.ts';

/** One term. Instants are milliseconds. */
export interface ContractPlan {
  readonly id: string;
  readonly months: number;
  readonly createdAt: number;
  readonly startsAt: number;
  /** The start of the last day. */
  readonly endsAt: number;
  readonly noticeDays: number;
  readonly autoRenews: boolean;
  readonly seats: number;
  /** A year, in major units. */
  readonly seatPrice: number;
  /** When the renewal is offered, at what rise, and the last day for notice. */
  readonly offeredAt: number;
  readonly priceRise: number;
  readonly decidesAt: number;
}

/** Starts the first term, or for an older customer the term that runs when the window opens. */
export function firstContract(draft: Draft, life: Life): void {
  const { random, plan } = life;
  const roll = random.next();
  const months = roll < 0.68 ? 12 : roll < 0.9 ? 24 : 36;
  let start = startOfDay(plan.since!);
  while (addMonths(start, months) <= draft.start) start = addMonths(start, months);
  life.seats = Math.max(3, Math.round(22 * plan.size));
  const terms = { months, noticeDays: random.pick([30, 30, 60, 90]), autoRenews: random.chance(0.6) };
  life.contract = drawTerm(draft, random, terms, start, life.seats, seatPrice(plan.size, random));
}

function seatPrice(size: number, random: Random): number {
  return cents((900 * random.between(0.75, 1.25)) / Math.max(1, size) ** 0.15);
}

type Terms = Pick<ContractPlan, 'months' | 'noticeDays' | 'autoRenews'>;

function drawTerm(
  draft: Draft,
  random: Random,
  terms: Terms,
  start: number,
  seats: number,
  price: number,
): ContractPlan {
  const endsAt = addMonths(start, terms.months) - DAY;
  const decidesAt = endsAt - terms.noticeDays * DAY;
  const steep = random.chance(0.16);
  return {
    ...{ ...terms, id: draft.nextId('contract'), seats, seatPrice: price, endsAt, decidesAt, startsAt: start },
    createdAt: workingTime(start - random.between(5, 12) * DAY, random.next()),
    offeredAt: workingTime(decidesAt - random.between(35, 75) * DAY, random.next()),
    priceRise: steep ? random.between(0.1, 0.25) : random.chance(0.6) ? random.between(0.01, 0.06) : 0,
  };
}

/** The customer stays: the offer is won, the old term recorded, the next one begun, sometimes with fewer seats. */
export function renew(draft: Draft, life: Life, hazard: Hazard): void {
  const { random } = life;
  const old = life.contract!;
  if (random.chance(Math.min(0.3, 0.04 + 2 * hazard.monthly))) {
    life.seats = Math.max(2, Math.round(life.seats * random.between(0.6, 0.9)));
  }
  const price = cents(old.seatPrice * (1 + old.priceRise));
  const closesAt = old.decidesAt + Math.floor(random.next() * (old.endsAt - old.decidesAt));
  recordRenewal(draft, life, price, closesAt, true);
  finishContract(draft, life);
  life.contract = drawTerm(draft, random, old, old.endsAt + DAY, life.seats, price);
}

/** The customer goes: an offer already made is lost. */
export function loseRenewal(draft: Draft, life: Life): void {
  const old = life.contract!;
  const { decidedAt } = life.leaving!;
  if (old.offeredAt >= decidedAt) return;
  const closesAt = workingTime(decidedAt + life.random.between(0, 12) * DAY, life.random.next());
  recordRenewal(draft, life, cents(old.seatPrice * (1 + old.priceRise)), closesAt, false);
}

function recordRenewal(draft: Draft, life: Life, price: number, closesAt: number, won: boolean): void {
  const { plan, random, contract } = life;
  const createdAt = contract!.offeredAt;
  const lines = [{ product: products.seats[0], quantity: life.seats, unitPrice: price }];
  recordOpportunity(draft, { plan, random, kind: 'renewal', createdAt, closesAt, won, lines });
}

/** Records the running term as it is known at `asOf`; a term cut short is `terminated`, one that has not begun a `draft`. */
export function finishContract(draft: Draft, { plan, contract, leaving, random }: Life): void {
  const { id, createdAt, startsAt, endsAt, noticeDays, autoRenews, seats, seatPrice: price } = contract!;
  if (createdAt > draft.asOf) return;
  const cut = leaving !== undefined && leaving.leftAt < endsAt && leaving.leftAt <= draft.asOf;
  const lastDay = cut ? leaving.leftAt : endsAt;
  const over = lastDay + DAY <= draft.asOf;
  const noticed = leaving !== undefined && leaving.decidedAt <= draft.asOf && (autoRenews || cut || random.chance(0.6));
  const changes = [createdAt, noticed ? leaving.decidedAt : 0, over ? lastDay + DAY : cut ? lastDay : 0];
  draft.book.contracts.push({
    ...{ id, accountId: plan.id, startsOn: dayOf(startsAt), endsOn: dayOf(lastDay), noticeDays, autoRenews, currency },
    status: cut ? 'terminated' : over ? 'ended' : startsAt > draft.asOf ? 'draft' : 'active',
    annualValue: cents(seats * price),
    ...(noticed && { noticeGivenOn: dayOf(leaving.decidedAt) }),
    createdAt: instantOf(Math.max(createdAt, plan.createdAt)),
    updatedAt: instantOf(Math.max(...changes, plan.createdAt)),
  });
}
