import type { CalendarDay } from '../../model/dates.ts';

/** What a country's rules say of payments in a span of days: a hint for a person, not legal advice. */
export interface TaxHint {
  /** Two letters, ISO 3166; the payee's country of tax residence. */
  readonly country: string;
  readonly from: CalendarDay;
  readonly until: CalendarDay | null;
  /** The form that reports the payment, and the one that the payee hands in. */
  readonly reports: string;
  readonly needs: string;
  /** Reported from this total in a calendar year, minor units. */
  readonly threshold: number;
  readonly currency: string;
  readonly source: string;
  readonly note: string;
}

/** The table; countries that are not in it have no hint. Not legal advice: have it checked before relying on it. */
export const TAX_HINTS: readonly TaxHint[] = [
  {
    country: 'US',
    from: '2000-01-01',
    until: '2025-12-31',
    reports: '1099-NEC',
    needs: 'W-9',
    threshold: 60_000,
    currency: 'USD',
    source: '26 U.S.C. 6041(a), before Pub. L. 119-21',
    note: 'Payments through card and third-party networks are reported by those on 1099-K instead. Not legal advice.',
  },
  {
    country: 'US',
    from: '2026-01-01',
    until: null,
    reports: '1099-NEC',
    needs: 'W-9',
    threshold: 200_000,
    currency: 'USD',
    source: 'Pub. L. 119-21, section 70433: payments made after 31 December 2025',
    note: 'Indexed for inflation for calendar years after 2026: confirm the figure. Not legal advice.',
  },
];

/** The row for a country and the day of payment; `null`: the table says nothing. */
export function taxHintFor(country: string, on: CalendarDay, table: readonly TaxHint[] = TAX_HINTS): TaxHint | null {
  return table.find((it) => it.country === country && it.from <= on && (it.until === null || on <= it.until)) ?? null;
}
