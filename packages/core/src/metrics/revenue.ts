import { addDays, type CalendarDay } from '../model/dates.ts';
import type { OrgProfile } from '../model/profile.ts';
import { isRunning } from '../snapshot/contract-state.ts';
import { type Converted, convertMoney, sumMoney } from '../snapshot/convert-money.ts';
import type { AccountRecords } from '../snapshot/slice.ts';
import { placedOrders } from './delivery.ts';
import { linesByOrder } from './lines-by-order.ts';
import { orderAmount } from './order-amount.ts';

type Sources = Pick<AccountRecords, 'account' | 'contracts' | 'orders' | 'orderLines'>;

/** Recurring value per year with where it comes from; `null` with the reason when it is unknown. */
export type RecurringValue = Converted & { readonly source: 'contracts' | 'account' | 'orders' | 'none' };

/**
 * Recurring value per year in the org's currency: running contracts' annual values, else the account's own recurring
 * amount, else what it ordered in the last 365 days.
 */
export function recurringValue(records: Sources, profile: OrgProfile, today: CalendarDay): RecurringValue {
  const annual = records.contracts.filter((it) => isRunning(it, profile, today)).flatMap((it) => it.annual ?? []);
  if (annual.length > 0) return { ...sumMoney(annual, profile), source: 'contracts' };
  if (records.account.recurring) return { ...convertMoney(records.account.recurring, profile), source: 'account' };
  const ordered = orderedValue(records, profile, addDays(today, -364), today);
  return { ...ordered, source: ordered.reason === 'no amounts' ? 'none' : 'orders' };
}

/** Value of the orders of the days `from` to `to`, both counted; `null` with the reason when one has no amount. */
export function orderedValue(
  records: Pick<Sources, 'orders' | 'orderLines'>,
  profile: OrgProfile,
  from: CalendarDay,
  to: CalendarDay,
): Converted {
  const orders = placedOrders(records.orders, profile).filter(
    (it) => it.orderedOn !== null && it.orderedOn >= from && it.orderedOn <= to,
  );
  const linesOf = linesByOrder(records.orderLines);
  const amounts = orders.map((it) => orderAmount(it, linesOf.get(it.id) ?? []));
  const known = amounts.flatMap((it) => it ?? []);
  if (known.length < amounts.length) return { money: null, rateOn: null, reason: 'an order without an amount' };
  return sumMoney(known, profile);
}
