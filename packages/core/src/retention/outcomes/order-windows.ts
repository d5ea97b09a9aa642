import { placedOrders } from '../../metrics/delivery.ts';
import { orderedValue } from '../../metrics/revenue.ts';
import { addDays, type CalendarDay, dayFromNumber, dayNumber } from '../../model/dates.ts';
import { listed } from '../../model/listed.ts';
import type { OrgProfile } from '../../model/profile.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import type { Decision } from './decision.ts';
import type { OutcomeSettings } from './outcome-settings.ts';

/** What an account ordered in so many days before a window is what it is worth a year. */
const YEAR_DAYS = 365;

/**
 * The windows of an account that decides order by order: side by side, never overlapping, on one grid for the whole book
 * that does not move with the day of asking. An account takes part in a window when it ordered in the one before, so that
 * one that stopped is lost once and not again and again (rule 7: losses are distinct); with its next order it takes part
 * anew. Lost: no order at all in the window, nor in the days of
 * grace after it: a late order is a pause, no loss (rule 4). Windows that begin after the account was marked churned are
 * none, unless it has ordered since.
 */
export function orderWindows(
  records: AccountRecords,
  profile: OrgProfile,
  settings: OutcomeSettings,
  on: CalendarDay,
): readonly Decision[] {
  const length = settings.ordersHorizonDays;
  const days = placedOrders(records.orders, profile)
    .flatMap((it) => (it.orderedOn !== null && it.orderedOn <= on ? dayNumber(it.orderedOn) : []))
    .sort((a, b) => a - b);
  const first = days[0];
  if (first === undefined) return [];
  const left = records.account.churnedOn === null ? Number.POSITIVE_INFINITY : dayNumber(records.account.churnedOn);
  const decisions: Decision[] = [];
  let next = 0;
  for (let start = (Math.floor(first / length) + 1) * length; start <= dayNumber(on); start += length) {
    while (next < days.length && days[next]! < start) next += 1;
    const last = days[next - 1]!;
    const active = last >= start - length && (start <= left || last > left);
    if (active) decisions.push(windowDecision(records, profile, settings, on, { start, last, next: days[next] }));
  }
  return decisions;
}

/** Days as numbers: the first of the window, the last order before it, the first in or after it. */
interface Window {
  readonly start: number;
  readonly last: number;
  readonly next: number | undefined;
}

function windowDecision(
  records: AccountRecords,
  profile: OrgProfile,
  settings: OutcomeSettings,
  on: CalendarDay,
  { start, last, next }: Window,
): Decision {
  const startsOn = dayFromNumber(start);
  const endsOn = dayFromNumber(start + settings.ordersHorizonDays - 1);
  // Also for one that has ordered: or windows that ended well would be known earlier than the others.
  const knownOn = addDays(endsOn, settings.graceDays + 1);
  const ordered = next !== undefined && next < start + settings.ordersHorizonDays + settings.graceDays;
  const cause = listed(settings.causes, records.account.lifecycle) ?? null;
  // The word on the account says how it ended, so it belongs to its last orders, not to a pause long before.
  const ended = ordered ? 'kept' : cause !== null && next === undefined ? 'competing' : 'lost';
  const outcome = on < knownOn ? 'pending' : ended;
  const gone = outcome === 'lost' || outcome === 'competing';
  return {
    accountId: records.account.id,
    model: 'orders',
    decidesOn: endsOn,
    startsOn,
    endsOn,
    horizonDays: settings.ordersHorizonDays,
    outcome,
    knownOn: outcome === 'pending' ? null : knownOn,
    cause: outcome === 'competing' ? cause : null,
    reactivatedOn: gone && next !== undefined ? dayFromNumber(next) : null,
    dates: { noticeOn: null, endOfTermOn: null, lastPaymentOn: gone ? dayFromNumber(last) : null },
    annualBefore: orderedValue(records, profile, addDays(startsOn, -YEAR_DAYS), addDays(startsOn, -1)).money,
    annualAfter: gone ? { minor: 0, currency: profile.currency } : null,
  };
}
