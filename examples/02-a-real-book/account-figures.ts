import { join } from 'node:path';
import {
  type AccountRecords,
  type CalendarDay,
  countDelivery,
  type DeliveryCounts,
  liveOrders,
  type OrgProfile,
  orderAmount,
} from '@holdfast/core';
import { openSqliteStore, openWorkspace } from '@holdfast/workflows';

/** What one account ordered and how it was served; `value` in cents, `null` when an order has no amount. */
export interface AccountFigures extends DeliveryCounts {
  readonly id: string;
  readonly name: string;
  readonly value: number | null;
}

/** The figures of every account in a workspace's store: what the last pull read back from the CRM, not the book. */
export async function readFigures(
  workspace: string,
  profile: OrgProfile,
  today: CalendarDay,
): Promise<readonly AccountFigures[]> {
  const { storeFile } = openWorkspace(join(workspace, '.holdfast'));
  const store = openSqliteStore(storeFile, { clock: { now: () => Date.now() } });
  const figures: AccountFigures[] = [];
  try {
    for await (const records of store.slices()) figures.push(figuresOf(records, profile, today));
  } finally {
    await store.close();
  }
  return figures;
}

function figuresOf({ account, orders, orderLines }: AccountRecords, profile: OrgProfile, today: CalendarDay) {
  const delivery = countDelivery(liveOrders(orders, orderLines, profile), today);
  return { ...delivery, id: account.id, name: account.name ?? '', value: orderedValue(orders, orderLines) };
}

function orderedValue(orders: AccountRecords['orders'], lines: AccountRecords['orderLines']): number | null {
  let cents = 0;
  for (const order of orders) {
    const amount = orderAmount(
      order,
      lines.filter((line) => line.orderId === order.id),
    );
    if (amount === null) return null;
    cents += amount.minor;
  }
  return cents;
}

/** The figures of all accounts in one sentence. */
export function deliveryText(figures: readonly AccountFigures[]): string {
  const sum = (key: 'orders' | 'inTime' | 'late' | 'notShipped' | 'overdue' | 'dueToday') =>
    figures.reduce((total, one) => total + one[key], 0);
  const buyers = figures.filter(({ orders }) => orders > 0).length;
  const shipped = sum('inTime') + sum('late');
  const percent = ((100 * sum('inTime')) / shipped).toFixed(1);
  return [
    `${figures.length} accounts (${buyers} with orders), ${sum('orders')} orders:`,
    `${sum('inTime')} shipped in time, ${sum('late')} late, ${sum('notShipped')} not shipped`,
    `(${sum('overdue')} overdue, ${sum('dueToday')} due that day). In time: ${sum('inTime')} of ${shipped}, ${percent} %.`,
  ].join(' ');
}
