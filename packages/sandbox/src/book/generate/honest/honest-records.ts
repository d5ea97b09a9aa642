import type { BookActivity, BookOrder, BookOrderLine, BookTicket } from '../../book.ts';
import { DAY, dayOf, instantOf } from '../../calendar.ts';
import { products } from '../../names.ts';
import type { Random } from '../../random.ts';
import type { AccountPlan } from '../account-plan.ts';
import { peopleAt } from '../contact-plan.ts';
import { cents, currency } from '../draft.ts';
import { type Edit, enterRow } from './edited-row.ts';
import type { HonestDraft } from './honest-draft.ts';
import type { MonthRecorder } from './honest-month.ts';
import type { OrderMade } from './honest-state.ts';

/** A second record of the same account that took some of its mail until it was merged. */
export interface DoubleRecord {
  readonly id: string;
  readonly from: number;
  readonly until: number;
}

/** What one account's records are made with. */
export interface RecordContext {
  readonly draft: HonestDraft;
  readonly plan: AccountPlan;
  /** Draws details only: nothing that the hazard depends on. */
  readonly random: Random;
  readonly seats: () => number;
  /** After this instant nothing happens with the account any more. */
  readonly until: () => number;
  readonly double: DoubleRecord | undefined;
}

/** Takes down what happens to one account. */
export function recorderOf(context: RecordContext): MonthRecorder {
  return {
    usage: (from, to, share) => recordUsage(context, from, to, share),
    urgent: (openedAt, closedAt) => {
      const escalatedAt = openedAt + context.random.between(2, 20) * DAY;
      const escalated = context.random.chance(0.4) && escalatedAt < closedAt;
      recordTicket(context, { openedAt, closedAt, priority: 'urgent', ...(escalated && { escalatedAt }) });
    },
    touch: (at) => recordTouch(context, at),
    order: (order) => recordOrder(context, order),
  };
}

/** A month's use, recorded on its last evening; the share that the record shows. */
function recordUsage({ draft, plan, random, seats }: RecordContext, from: number, to: number, share: number): number {
  const bought = seats();
  const seatsUsed = Math.round(bought * share);
  const recordedAt = to - 3 * 3_600_000;
  if (recordedAt <= draft.asOf)
    draft.book.usage.push({
      ...{ accountId: plan.id, periodOn: dayOf(from - 1), seatsBought: bought, seatsUsed },
      events: Math.round(seatsUsed * 42 * random.between(0.97, 1.03)),
      recordedAt: instantOf(recordedAt),
    });
  return seatsUsed / bought;
}

interface TicketMade {
  readonly openedAt: number;
  readonly closedAt: number;
  readonly priority: BookTicket['priority'];
  readonly escalatedAt?: number;
  /** The priority is raised, or set after the account has left. */
  readonly raised?: { readonly at: number; readonly to: BookTicket['priority'] };
}

const subjects = ['Cannot sign in', 'Report shows wrong totals', 'Question about the invoice', 'Device offline'];

function recordTicket(context: RecordContext, { openedAt, closedAt, priority, escalatedAt, raised }: TicketMade): void {
  const { draft, plan, random } = context;
  const people = peopleAt(plan, openedAt);
  const closes = Math.floor(closedAt);
  const edits: Edit<BookTicket>[] = [
    [closes, 'status', 'closed'],
    [closes, 'closedAt', instantOf(closes)],
  ];
  if (random.chance(0.4)) edits.push([Math.floor(openedAt + 0.5 * (closes - openedAt)), 'status', 'waiting']);
  if (escalatedAt !== undefined) edits.push([Math.floor(escalatedAt), 'escalated', true]);
  if (raised) edits.push([Math.floor(raised.at), 'priority', raised.to]);
  const at = instantOf(openedAt);
  enterRow<BookTicket>(
    draft,
    'tickets',
    openedAt,
    {
      ...{ id: draft.nextId('ticket'), accountId: plan.id, subject: random.pick(subjects), priority, status: 'open' },
      ...(people.length > 0 && random.chance(0.9) && { contactId: random.pick(people).id }),
      ...{ escalated: false, openedAt: at, updatedAt: at },
      ...throughDouble(context, openedAt, edits),
    },
    edits,
  );
}

/** Tickets that move nobody: ordinary ones, closed within weeks. */
export function recordOrdinaryTickets(context: RecordContext, from: number, to: number): void {
  const { random } = context;
  if (!random.chance((0.3 * (to - from)) / (30.4 * DAY))) return;
  const openedAt = Math.floor(random.between(from, to));
  const closedAt = openedAt - Math.log(1 - random.next()) * 9 * DAY;
  const priority = random.pick(['low', 'medium', 'medium', 'high'] as const);
  const raised = random.chance(0.1) && priority === 'medium';
  const at = openedAt + 0.6 * (closedAt - openedAt);
  recordTicket(context, { openedAt, closedAt, priority, ...(raised && { raised: { at, to: 'high' as const } }) });
}

/** A wish that stays open for years. With the canary somebody sets it to `urgent` once the account has left. */
export function recordStandingTicket(context: RecordContext, openedAt: number, leftAt: number | undefined): void {
  const { draft, random } = context;
  const after = (leftAt ?? Infinity) + random.between(1, 15) * DAY;
  const planted = draft.settings.canary && after <= draft.asOf;
  const closedAt = draft.asOf + 400 * DAY;
  recordTicket(context, {
    openedAt,
    closedAt,
    priority: 'low',
    ...(planted && { raised: { at: after, to: 'urgent' } }),
  });
}

const kinds = ['email', 'email', 'call', 'call', 'meeting'] as const;
const noteKinds = ['note', 'task'] as const;

/** A call, mail or meeting; some are entered weeks later with the day on which they were. */
function recordTouch(context: RecordContext, at: number): void {
  const { draft, random } = context;
  const kind = random.pick(kinds);
  const late = random.chance(draft.settings.backDated) ? random.between(12, 60) * DAY : random.between(0, 0.02) * DAY;
  recordActivity(context, kind, at, Math.floor(at + late));
  if (random.chance(0.2)) recordActivity(context, random.pick(noteKinds), at, at);
}

function recordActivity(context: RecordContext, kind: BookActivity['kind'], at: number, createdAt: number): void {
  const { draft, plan, random } = context;
  if (at < draft.start || at < plan.createdAt) return;
  const people = peopleAt(plan, at);
  const edits: Edit<BookActivity>[] = [];
  if (random.chance(0.1))
    edits.push([createdAt + Math.floor(random.between(0, 40) * DAY), 'subject', 'Corrected notes']);
  const written = instantOf(createdAt);
  enterRow<BookActivity>(
    draft,
    'activities',
    createdAt,
    {
      ...{ id: draft.nextId('activity'), accountId: plan.id, kind, subject: 'Open points', occurredAt: instantOf(at) },
      ...(people.length > 0 && random.chance(0.95) && { contactIds: [random.pick(people).id] }),
      ...(plan.ownerId !== undefined && { ownerId: plan.ownerId }),
      ...((kind === 'call' || kind === 'email') && {
        direction: random.chance(0.4) ? ('inbound' as const) : ('outbound' as const),
      }),
      ...{ createdAt: written, updatedAt: written },
      ...throughDouble(context, createdAt, edits),
    },
    edits,
  );
}

/** While a double exists one record in three comes in under it, until the merge re-points it. */
function throughDouble<Row extends { readonly accountId?: string }>(
  { double, plan, random }: RecordContext,
  at: number,
  edits: Edit<Row>[],
): { readonly accountId?: string } {
  if (!double || at < double.from || at >= double.until || !random.chance(0.33)) return {};
  edits.push([double.until, 'accountId', plan.id]);
  return { accountId: double.id };
}

/** An order with its line, as it is shipped (now and then written down days later), delivered and accepted. */
function recordOrder(
  { draft, plan, random, until }: RecordContext,
  { orderedAt, promisedAt, shippedAt }: OrderMade,
): void {
  if (orderedAt < draft.start || orderedAt > until()) return;
  const product = random.pick(products.goods);
  const quantity = Math.max(1, Math.round(12 * plan.size * random.between(0.3, 2)));
  const unitPrice = cents(35 + 40 * products.goods.indexOf(product) * random.between(0.98, 1.02));
  const [id, lineId] = [draft.nextId('order'), draft.nextId('order-line')];
  const written = Math.floor(shippedAt + (random.chance(0.03) ? random.between(2, 9) * DAY : 0));
  const deliveredAt = Math.floor(shippedAt + random.between(1, 5) * DAY);
  const seen = Math.max(written, deliveredAt);
  const acceptedAt = seen + random.whole(0, 4) * DAY;
  const delivered = random.chance(0.07) ? Math.floor(quantity * random.between(0.3, 0.95)) : quantity;
  const at = instantOf(orderedAt);
  const days = { promisedOn: dayOf(promisedAt), createdAt: at, updatedAt: at };
  const orderEdits: Edit<BookOrder>[] = [
    [written, 'status', 'shipped'],
    [written, 'shippedOn', dayOf(shippedAt)],
    [seen, 'status', 'delivered'],
  ];
  const lineEdits: Edit<BookOrderLine>[] = [
    [written, 'shippedOn', dayOf(shippedAt)],
    [seen, 'deliveredOn', dayOf(deliveredAt)],
    [seen, 'deliveredQuantity', delivered],
    [acceptedAt, 'acceptedOn', dayOf(acceptedAt)],
    [acceptedAt, 'acceptedQuantity', delivered],
  ];
  enterRow<BookOrder>(
    draft,
    'orders',
    orderedAt,
    {
      ...{ id, accountId: plan.id, number: `SO-${id.slice('order-'.length)}`, status: 'open', currency },
      ...(plan.ownerId !== undefined && { ownerId: plan.ownerId }),
      ...{ orderedOn: dayOf(orderedAt), amount: cents(quantity * unitPrice), ...days },
    },
    orderEdits,
  );
  const line = { id: lineId, orderId: id, product, kind: 'goods' as const, quantity, unitPrice, ...days };
  enterRow<BookOrderLine>(draft, 'orderLines', orderedAt, line, lineEdits);
}
