import type { ShareFigure } from '../metrics/figure.ts';
import { groupBy } from '../metrics/group-by.ts';
import type { Id } from '../model/ids.ts';
import {
  meanFigure,
  type ReferralType,
  type ReferralValue,
  type ReferredValue,
  referralValues,
  valueOfReferred,
} from '../referral/value/index.ts';
import type { CreditedIntroduction } from './credited-introductions.ts';
import { type CutList, cutList } from './cut-list.ts';
import type { IntroductionCosts } from './introduction-costs.ts';

/** Values of one type, in minor units; the mean of a party with its 90 % interval. */
export interface TypeValue {
  readonly parties: number;
  readonly value: number;
  readonly perParty: ShareFigure;
}

/** What referred parties are worth; nobody counts twice. */
export interface PartyValues {
  readonly one: TypeValue;
  readonly two: TypeValue;
  readonly total: number;
  /** The most valuable first, ten at most. */
  readonly referrers: CutList<ReferralValue>;
  /** Parties that are left out: of type one since their margin is not known, of both since a reward has no rate. */
  readonly withoutMargin: number;
  readonly withoutRate: number;
}

/** Referrers on the page. */
const MOST_REFERRERS = 10;
/** Parties that a mean needs. */
const FEW_PARTIES = 30;

/** What is known of a party: a lost one brings no margin any more. */
export interface PartyFacts {
  readonly lost: boolean | null;
  readonly annualMargin: number | null;
}

/**
 * Referral values over one year of margin, so that no rate of discount has to be assumed. A party counts for its first
 * sale in the first program that decided it; one whose sale was taken back counts nowhere.
 */
export function partyValues(
  credited: readonly CreditedIntroduction[],
  facts: ReadonlyMap<Id, PartyFacts>,
  costs: IntroductionCosts,
  acquisitionCost: number,
): PartyValues {
  const all = firstCredits(credited);
  const parties = all.filter((of) => !of.some((it) => costs.withoutRate(it.programId)));
  const known = parties.filter((of) => of[0]?.type === 'two' || marginOf(of, facts) !== null);
  const rows = known.map((of) => valuesOf(of, marginOf(of, facts) ?? 0, costs, acquisitionCost));
  const { referrers, total } = referralValues(rows.flat(), 0);
  const typed = (type: ReferralType): TypeValue => {
    const values = rows.flatMap(([first]) => (first?.type === type ? [valueOfReferred(first, 0)] : []));
    const value = values.reduce((sum, it) => sum + it, 0);
    return { parties: values.length, value, perParty: meanFigure(values, FEW_PARTIES, 'referred accounts') };
  };
  return {
    ...{ one: typed('one'), two: typed('two'), total },
    referrers: cutList(referrers, MOST_REFERRERS),
    withoutMargin: parties.length - known.length,
    withoutRate: all.length - parties.length,
  };
}

function firstCredits(credited: readonly CreditedIntroduction[]): readonly (readonly CreditedIntroduction[])[] {
  const standing = credited.filter((it) => it.state !== 'reversed' && it.state !== 'disqualified');
  return [...groupBy(standing, (it) => it.subjectId).values()].map((of) =>
    of.filter((it) => it.programId === of[0]?.programId && it.opportunityId === of[0].opportunityId),
  );
}

function marginOf([first]: readonly CreditedIntroduction[], facts: ReadonlyMap<Id, PartyFacts>): number | null {
  const party = first && facts.get(first.subjectId);
  return party?.lost === true ? 0 : (party?.annualMargin ?? null);
}

/** Credit that is shared shares the costs of all who have it, too. */
function valuesOf(
  of: readonly CreditedIntroduction[],
  margin: number,
  costs: IntroductionCosts,
  acquisitionSaved: number,
): readonly ReferredValue[] {
  const referralCost = of.reduce((sum, it) => {
    const cost = costs.of(it.referralId);
    return sum + (cost ? cost.rewards + cost.discounts : 0);
  }, 0);
  return of.map(({ referrerId, subjectId, type, share }) => ({
    ...{ referrerId, referredId: subjectId, type, share },
    years: [{ year: 0, margin, keepingCost: 0 }],
    joined: { year: 0, acquisitionSaved, referralCost },
  }));
}
