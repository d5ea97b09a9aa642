import type { OrgProfile } from '../../model/profile.ts';
import { convertMoney } from '../../snapshot/convert-money.ts';
import type { AccountRevenue, RevenueChange } from './account-revenue.ts';

/** An account's revenue in the org's currency, or the reason why it cannot be given. */
export type ConvertedRevenue =
  | { readonly revenue: AccountRevenue; readonly reason: null }
  | { readonly revenue: null; readonly reason: string };

/**
 * An account kept in another currency, with both ends and every change at the rates of the start: exchange rates then move
 * nothing. `atStart` holds the rates of the first day. Without a rate: `null` with the reason, never a rate of 1.
 *
 * @example
 * const atStart = { currency: 'EUR', rates: { USD: { rate: 0.9, on: '2026-01-01' } } };
 * convertAtStart({ accountId: 'account:1', m0: 10_000, m1: 11_000, path: [] }, 'USD', atStart).revenue?.m1; // 9900
 */
export function convertAtStart(
  account: AccountRevenue,
  currency: string,
  atStart: Pick<OrgProfile, 'currency' | 'rates'>,
): ConvertedRevenue {
  const reason = convertMoney({ minor: 0, currency }, atStart).reason;
  if (reason !== null) return { revenue: null, reason };
  const convert = (minor: number) => convertMoney({ minor, currency }, atStart).money?.minor ?? 0;
  // Levels are rounded and changes follow from them, so that the path still adds up to the end.
  const path: RevenueChange[] = [];
  let level = account.m0;
  for (const step of [...account.path].sort((a, b) => a.at - b.at)) {
    path.push({ ...step, change: convert(level + step.change) - convert(level) });
    level += step.change;
  }
  return { revenue: { ...account, m0: convert(account.m0), m1: convert(account.m1), path }, reason: null };
}
