import { convert } from '../../ledger/index.ts';
import { dayInZone } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { PayoutRow } from './payout-batch.ts';
import type { SettleOptions } from './settle.ts';
import { type TaxHint, taxHintFor } from './tax-hints.ts';

/** What must be known of whoever is paid; it comes from the payee vault, the ledger holds none of it. */
export interface Payee {
  /** Two-letter country of tax residence; `null`: unknown, nothing is paid. */
  readonly country: string | null;
  /** The day of the tax form on file; `null`: none. */
  readonly taxFormOn: string | null;
  /** Of the check against sanctions lists: payouts need `clear`, benefits anything but `match`. */
  readonly sanctions: 'clear' | 'unknown' | 'match';
}

/** How much may leave now, why not more, and what the tax table says. */
interface PayoutLimit {
  readonly paid: number;
  readonly reason: ReasonCode | null;
  readonly hint: string | null;
}

type Wanted = Pick<PayoutRow, 'partyId' | 'currency' | 'method'> & { readonly wanted: number };

/** Limits what one party is paid (rule 8). Nothing wanted is nothing held. */
export function limitPayout(
  want: Wanted,
  paidBefore: ReadonlyMap<string, number>,
  options: Pick<SettleOptions, 'payee' | 'taxHints' | 'withoutForm' | 'rates' | 'asOf'>,
): PayoutLimit {
  const payee = options.payee(want.partyId);
  if (want.method === 'benefit')
    return payee?.sanctions === 'match' ? hold(want, 'sanctions_unchecked') : all(want, null);
  if (!payee || payee.country === null) return hold(want, 'residence_unknown');
  if (payee.sanctions !== 'clear') return hold(want, 'sanctions_unchecked');
  const today = dayInZone(options.asOf, 'UTC');
  const hint = taxHintFor(payee.country, today, options.taxHints);
  const text = hint && sayHint(hint);
  const hasForm = payee.taxFormOn !== null && payee.taxFormOn <= today;
  if (!hint || hasForm) return all(want, text);
  if ((options.withoutForm ?? 'always') === 'always') return hold(want, 'tax_form_missing', text);
  const room = roomBelow(hint, want.currency, paidBefore, today, options);
  if (room === null) return hold(want, 'no_rate', text);
  const paid = Math.max(0, Math.min(want.wanted, room));
  return { paid, reason: paid < want.wanted ? 'tax_form_missing' : null, hint: text };
}

/** What the year's total leaves up to the threshold, in the payout's currency; `null`: a rate is missing. */
function roomBelow(
  hint: TaxHint,
  currency: string,
  paidBefore: ReadonlyMap<Id, number>,
  today: string,
  { rates }: Pick<SettleOptions, 'rates'>,
): number | null {
  const threshold = convert({ minor: hint.threshold, currency: hint.currency }, currency, today, rates);
  if (threshold.refused) return null;
  let room = threshold.money.minor;
  for (const [from, minor] of paidBefore) {
    const same = convert({ minor, currency: from }, currency, today, rates);
    if (same.refused) return null;
    room -= same.money.minor;
  }
  return room;
}

function hold(want: Wanted, reason: ReasonCode, hint: string | null = null): PayoutLimit {
  return { paid: 0, reason: want.wanted > 0 ? reason : null, hint };
}

function all(want: Wanted, hint: string | null): PayoutLimit {
  return { paid: want.wanted, reason: null, hint };
}

function sayHint({ reports, needs, threshold, currency, source, note }: TaxHint): string {
  return `${reports} from ${threshold / 100} ${currency} a year; needs ${needs}. ${note} (${source})`;
}
