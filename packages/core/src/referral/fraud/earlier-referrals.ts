import type { IdentityKeys } from './identity/identity-keys.ts';
import { mailSeries } from './identity/mail-series.ts';

/** Whom one participant has referred so far, by domain and by stem of the address. Holds personal data: never stored. */
export interface EarlierReferrals {
  readonly byDomain: ReadonlyMap<string, readonly string[]>;
  readonly byStem: ReadonlyMap<string, readonly { readonly number: number; readonly referralId: string }[]>;
}

/** Indexes one participant's claims; the claim that is checked may be among them. */
export function indexEarlierReferrals(
  claims: Iterable<{ readonly referralId: string; readonly referred: IdentityKeys }>,
): EarlierReferrals {
  const byDomain = new Map<string, string[]>();
  const byStem = new Map<string, { number: number; referralId: string }[]>();
  for (const { referralId, referred } of claims) {
    for (const domain of referred.domains) push(byDomain, domain, referralId);
    for (const email of referred.emails) {
      const series = mailSeries(email);
      if (series) push(byStem, series.stem, { number: series.number, referralId });
    }
  }
  return { byDomain, byStem };
}

function push<Value>(index: Map<string, Value[]>, key: string, value: Value): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
