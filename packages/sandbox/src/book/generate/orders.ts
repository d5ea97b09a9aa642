import type { BookOrder, BookOrderLine } from '../book.ts';
import { DAY, dayOf, instantOf, startOfDay, workingTime } from '../calendar.ts';
import { products } from '../names.ts';
import type { Random } from '../random.ts';
import { cents, currency, type Draft, type Making } from './draft.ts';
import type { Life } from './life.ts';
import { goodsLine } from './opportunities.ts';

/** How one order went. Instants are milliseconds; what lies after `asOf` is not recorded. */
interface OrderPlan {
  readonly orderedAt: number;
  readonly promisedAt: number;
  readonly shippedAt: number;
  readonly deliveredAt: number;
  readonly cancelledAt?: number;
  readonly troubled: boolean;
}

/** Orders of a month: goods for those who buy by order, now and then a service for those who also hold a contract. */
export function orderInMonth(draft: Draft, life: Life, from: number, to: number): void {
  const { random, plan } = life;
  if (plan.buys === 'contract' || life.plan.buys === undefined) return;
  const months = (to - from) / (30 * DAY);
  const expected = months * life.level * (plan.buys === 'orders' ? 0.3 + 0.35 * Math.min(2, plan.size) : 0.22);
  const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
  for (let i = 0; i < count; i += 1) placeOrder(draft, life, random.between(from, to), to);
}

function placeOrder(draft: Draft, life: Life, at: number, before: number): void {
  const { random } = life;
  const orderedAt = workingTime(at - 3 * DAY, random.next());
  if (orderedAt < Math.max(life.plan.since!, draft.start) || orderedAt >= before) return;
  const troubled = life.lateUntil > orderedAt;
  const late = random.chance(troubled ? 0.6 : 0.035);
  const promisedAt = startOfDay(orderedAt + random.between(8, 30) * DAY);
  const wanted = late ? promisedAt + random.between(1, 14) * DAY : promisedAt - random.between(0, 6) * DAY;
  const shippedAt = Math.max(orderedAt, startOfDay(wanted) + 15 * 3_600_000);
  const order: OrderPlan = {
    ...{ orderedAt, promisedAt, shippedAt, troubled, deliveredAt: shippedAt + random.whole(1, 5) * DAY },
    ...(random.chance(0.015) && { cancelledAt: orderedAt + Math.floor(random.next() * (shippedAt - orderedAt)) }),
  };
  if (late && order.cancelledAt === undefined) life.lateAt.push(promisedAt + DAY);
  if (orderedAt <= draft.asOf) recordOrder(draft, life, order);
}

function recordOrder(draft: Draft, life: Life, order: OrderPlan): void {
  const { plan, random } = life;
  const id = draft.nextId('order');
  const service = plan.buys === 'both' && random.chance(0.7);
  const first = draft.book.orderLines.length;
  for (let i = service ? 1 : random.whole(1, 3); i > 0; i -= 1) recordLine(draft, life, order, id, service);
  const amount = draft.book.orderLines
    .slice(first)
    .reduce((sum, line) => sum + line.quantity * line.unitPrice * (1 - (line.discount ?? 0)), 0);
  const shipped = !service && order.shippedAt <= draft.asOf && order.cancelledAt === undefined;
  draft.book.orders.push({
    ...{ id, accountId: plan.id, number: `SO-${id.slice('order-'.length).padStart(6, '0')}`, currency },
    ...(plan.ownerId !== undefined && { ownerId: plan.ownerId }),
    status: statusOf(draft, order, service),
    orderedOn: dayOf(order.orderedAt),
    promisedOn: dayOf(order.promisedAt),
    ...(shipped && { shippedOn: dayOf(order.shippedAt) }),
    amount: cents(amount),
    createdAt: instantOf(order.orderedAt),
    updatedAt: instantOf(lastKnown(draft, order)),
  });
}

function statusOf(draft: Draft, order: OrderPlan, service: boolean): BookOrder['status'] {
  if (order.cancelledAt !== undefined && order.cancelledAt <= draft.asOf) return 'cancelled';
  if (order.cancelledAt !== undefined) return 'open';
  if (order.deliveredAt <= draft.asOf) return 'delivered';
  return !service && order.shippedAt <= draft.asOf ? 'shipped' : 'open';
}

function lastKnown(draft: Draft, order: OrderPlan): number {
  const steps = order.cancelledAt === undefined ? [order.shippedAt, order.deliveredAt] : [order.cancelledAt];
  return Math.max(order.orderedAt, ...steps.filter((at) => at <= draft.asOf));
}

/** A line of goods, or one milestone of a service. One delivery in twenty is partial, one in four while there is trouble. */
function recordLine(draft: Draft, life: Life, order: OrderPlan, orderId: string, service: boolean): void {
  const { random, plan } = life;
  const line = service ? milestone(random) : goodsLine(plan.size, random);
  const discount = random.chance(0.3) ? random.pick([0.05, 0.1, 0.15, 0.2]) : 0;
  const alive = order.cancelledAt === undefined;
  const shipped = alive && !service && order.shippedAt <= draft.asOf;
  const delivered = alive && order.deliveredAt <= draft.asOf;
  const partial = !service && random.chance(order.troubled ? 0.25 : 0.05);
  const deliveredQuantity = partial ? Math.floor(line.quantity * random.between(0.3, 0.95)) : line.quantity;
  const acceptedAt = order.deliveredAt + random.whole(0, service ? 14 : 4) * DAY;
  const refused = random.chance(0.03) && deliveredQuantity > 0 ? 1 : 0;
  const accepted = delivered && acceptedAt <= draft.asOf;
  const row: Making<BookOrderLine> = {
    id: draft.nextId('order-line'),
    orderId,
    product: line.product,
    kind: service ? 'service' : 'goods',
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    promisedOn: dayOf(order.promisedAt),
    createdAt: instantOf(order.orderedAt),
    updatedAt: instantOf(accepted ? Math.max(acceptedAt, lastKnown(draft, order)) : lastKnown(draft, order)),
  };
  if (discount > 0) row.discount = discount;
  if (shipped) row.shippedOn = dayOf(order.shippedAt);
  if (delivered) Object.assign(row, { deliveredOn: dayOf(order.deliveredAt), deliveredQuantity });
  if (accepted) Object.assign(row, { acceptedOn: dayOf(acceptedAt), acceptedQuantity: deliveredQuantity - refused });
  draft.book.orderLines.push(row);
}

function milestone(random: Random) {
  const product = random.pick(products.services);
  return { product, quantity: 1, unitPrice: 800 * (2 + products.services.indexOf(product)) };
}
