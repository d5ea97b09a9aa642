import { groupBy } from '../../metrics/group-by.ts';
import type { Id } from '../../model/ids.ts';

/**
 * Whether the party would have come without the introduction: `one` would not (Kumar's type-one referral), `two` would have
 * come anyway, so that only the cost of winning it was saved. A `sourced` referral is type one, an `influenced` one type two.
 */
export type ReferralType = 'one' | 'two';

/** What one referred party brought and will bring, in minor units of one currency; years are counted from today. */
export interface ReferredValue {
  readonly referrerId: Id;
  readonly referredId: Id;
  readonly type: ReferralType;
  /** Basis points of the credit; those of one referred party sum to 10,000 at most. */
  readonly share: number;
  /** Gross margin and what is spent on keeping the party, by year. */
  readonly years: readonly { readonly year: number; readonly margin: number; readonly keepingCost: number }[];
  /** What winning the party would have cost otherwise, and what the introduction cost (rewards, discounts), when it joined. */
  readonly joined: { readonly year: number; readonly acquisitionSaved: number; readonly referralCost: number };
}

/** What a party is worth by its introductions. */
export interface ReferralValue {
  readonly referrerId: Id;
  readonly typeOne: { readonly count: number; readonly value: number };
  readonly typeTwo: { readonly count: number; readonly value: number };
  /** Of those it introduced itself. May be added up over referrers: no referred party is counted twice. */
  readonly direct: number;
  /** The same with all that came of them, however many steps away. Overlaps with the others' `direct`: never add it up. */
  readonly withChain: number;
}

export interface ReferralValues {
  /** The most valuable first. */
  readonly referrers: readonly ReferralValue[];
  /** Sum of `direct`. It holds the referred parties' margin, so it may not be added to the lifetime values of all accounts. */
  readonly total: number;
}

/**
 * What each referrer's introductions are worth today. Type one: discounted margin less the cost of keeping and of the
 * introduction, plus the acquisition cost saved. Type two: the acquisition cost saved alone. A referred party counts for
 * its own referrer only, in `direct`; what it goes on to introduce is its own.
 * Source: Kumar, Petersen, Leone 2010 (Journal of Marketing 74:1) and 2007 (Harvard Business Review 85:10).
 *
 * @example
 * referralValues([{ referrerId: 'a', referredId: 'b', type: 'two', share: 10_000, years: [], joined: { year: 0, acquisitionSaved: 500, referralCost: 90 } }], 0.1).total; // 500
 */
export function referralValues(referred: readonly ReferredValue[], discountRate: number): ReferralValues {
  const byReferrer = groupBy(referred, (it) => it.referrerId);
  const chains = chainValues(byReferrer, discountRate);
  const referrers = [...byReferrer].map(([referrerId, of]): ReferralValue => {
    const [typeOne, typeTwo] = [sumOf(of, 'one', discountRate), sumOf(of, 'two', discountRate)];
    const direct = typeOne.value + typeTwo.value;
    return { referrerId, typeOne, typeTwo, direct, withChain: chains.get(referrerId) ?? direct };
  });
  referrers.sort((a, b) => b.direct - a.direct || (a.referrerId < b.referrerId ? -1 : 1));
  return { referrers, total: referrers.reduce((sum, it) => sum + it.direct, 0) };
}

/** What one referred party is worth to the referrer who has all the credit. */
export function valueOfReferred({ type, years, joined }: ReferredValue, discountRate: number): number {
  const today = (amount: number, year: number) => amount / (1 + discountRate) ** year;
  const saved = today(joined.acquisitionSaved, joined.year);
  if (type === 'two') return saved;
  const margin = years.reduce((sum, it) => sum + today(it.margin - it.keepingCost, it.year), 0);
  return margin + saved - today(joined.referralCost, joined.year);
}

function sumOf(referred: readonly ReferredValue[], type: ReferralType, rate: number) {
  const of = referred.filter((it) => it.type === type);
  return { count: of.length, value: of.reduce((sum, it) => sum + (it.share / 10_000) * valueOfReferred(it, rate), 0) };
}

/**
 * Value of each referrer with everything below it: each party's own value and that of its chain flow up by the shares of
 * credit, so that nothing arrives twice. Parties are taken deepest first; an edge that would close a circle is left out.
 */
function chainValues(byReferrer: ReadonlyMap<Id, readonly ReferredValue[]>, rate: number): ReadonlyMap<Id, number> {
  const value = new Map<Id, number>();
  const onWay = new Set<Id>();
  for (const root of byReferrer.keys()) {
    const open = [root];
    for (let party = open.at(-1); party !== undefined; party = open.at(-1)) {
      const below = byReferrer.get(party) ?? [];
      const next = onWay.has(party) ? [] : below.filter((it) => !value.has(it.referredId) && !onWay.has(it.referredId));
      onWay.add(party);
      for (const it of next) open.push(it.referredId);
      if (next.length > 0) continue;
      open.pop();
      if (value.has(party)) continue;
      value.set(
        party,
        below.reduce(
          (sum, it) => sum + (it.share / 10_000) * (valueOfReferred(it, rate) + (value.get(it.referredId) ?? 0)),
          0,
        ),
      );
    }
  }
  return value;
}
