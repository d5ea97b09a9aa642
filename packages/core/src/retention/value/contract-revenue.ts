import type { SpanRevenue } from '../../metrics/recurring/revenue-of-spans.ts';
import { type RevenueSpan, revenueOfSpans } from '../../metrics/recurring/revenue-of-spans.ts';
import type { CalendarDay } from '../../model/dates.ts';
import type { OrgProfile } from '../../model/profile.ts';
import { convertMoney } from '../../snapshot/convert-money.ts';
import type { AccountRecords } from '../../snapshot/slice.ts';
import { contractSpan } from '../outcomes/contract-terms.ts';
import { type OutcomeOptions, outcomeSettings } from '../outcomes/outcome-settings.ts';

/** An account's recurring revenue in a window, or the reason why it cannot be given. */
export type ContractRevenue = (SpanRevenue & { readonly reason: null }) | { readonly reason: string };

/**
 * Recurring revenue of an account by its contracts, for `bookMovements`: read as outcomes are read (terminated contracts
 * run to their end, late renewals within the grace period are no loss), a twelfth of the annual value a month, at the
 * profile's own rates on both sides. Accounts without a contract that ever ran, or with one in the window that has no
 * amount or no rate, give a reason and no 0.
 *
 * @example
 * contractRevenue(records, profile, { from: '2026-01-01', to: '2026-12-31' }); // { revenue: { m0, m1, path, ... }, pendingSince, reason: null }
 */
export function contractRevenue(
  records: Pick<AccountRecords, 'account' | 'contracts'>,
  profile: OrgProfile,
  window: { readonly from: CalendarDay; readonly to: CalendarDay },
  options: OutcomeOptions = {},
): ContractRevenue {
  const settings = outcomeSettings(profile, options);
  const spans: RevenueSpan[] = [];
  for (const contract of records.contracts) {
    const span = contractSpan(contract, records.account, profile, settings, window.to);
    if (span === null) continue;
    const annual = contract.annual && convertMoney(contract.annual, profile);
    if (annual?.money) spans.push({ from: span.from, to: span.to, monthly: Math.round(annual.money.minor / 12) });
    else if (span.to === null || span.to >= window.from) {
      return { reason: annual?.reason ?? 'a contract without an amount' };
    }
  }
  if (spans.length === 0) return { reason: 'no contract' };
  const { timeZone } = profile;
  const { graceDays } = settings;
  return { ...revenueOfSpans(records.account.id, spans, { ...window, timeZone, graceDays }), reason: null };
}
