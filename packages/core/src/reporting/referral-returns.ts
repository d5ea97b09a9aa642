import { type CalendarDay, dayInZone } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { ReferralAsk } from '../referral/ask/index.ts';
import type { ReferralEngine } from '../referral/engine/index.ts';
import type { ReferralClaim } from '../referral/entities/index.ts';
import {
  compareReferred,
  type KFactor,
  kFactor,
  type ProgramReturn,
  programReturn,
  type ReferralContribution,
  type ReferredComparison,
  returnByTrigger,
  type TriggerReturn,
} from '../referral/value/index.ts';
import type { ArmAssignment } from '../retention/value/logged-action.ts';
import { countedIntroductions, introducingClaims } from './counted-introductions.ts';
import { type CreditedIntroduction, creditedIntroductions } from './credited-introductions.ts';
import { type IntroductionCosts, introductionCosts } from './introduction-costs.ts';
import { type PartyFacts, type PartyValues, partyValues } from './party-values.ts';

/** An account as returns look at it; the whole book, customers of the past too. */
export interface ReturnAccount extends PartyFacts {
  readonly accountId: Id;
  /** The day of its first contract, won opportunity or order; `null`: never a customer. */
  readonly sinceOn: CalendarDay | null;
  /** Accounts are compared within it; `null`: not known. */
  readonly segment: string | null;
  /** Whether a decision on it was lost; `null`: none is known yet. */
  readonly lost: boolean | null;
  /** Gross margin a year by the company's own share, minor units of the book's currency; `null`: not known. */
  readonly annualMargin: number | null;
}

/** What returns are worked out from. `marginSet` and `acquisitionCost` are the company's own: nothing has a default. */
export interface ReturnsInput {
  readonly state: Pick<ReferralEngine['state'], 'claims' | 'decisions' | 'sales' | 'rewards' | 'options' | 'programs'>;
  readonly today: CalendarDay;
  readonly timeZone: string;
  /** Of the book. */
  readonly currency: string;
  readonly marginSet: boolean;
  /** What winning an account costs otherwise, minor units; `null`: not set. */
  readonly acquisitionCost: number | null;
  readonly accounts: readonly ReturnAccount[];
  /** Asks on record, the arms that were drawn for them, and the days within which an introduction answers one. */
  readonly asks?: readonly ReferralAsk[];
  readonly askArms?: readonly ArmAssignment[];
  readonly answerDays: number;
}

/** What the company has to enter before a return can be told. */
export type MissingForReturn = 'margin' | 'rate' | 'acquisition_cost';

/** Of a program with claims. */
export interface ReturnOfProgram {
  readonly programId: string;
  readonly result: ProgramReturn | { readonly missing: MissingForReturn };
  /** Retained accounts whose margin is not known: they count 0. */
  readonly withoutMargin: number;
}

/** What referrals bring, each figure with its interval or the reason why there is none. Minor units of `currency`. */
export interface ReferralReturns {
  readonly currency: string;
  readonly programs: readonly ReturnOfProgram[];
  readonly comparison: ReferredComparison;
  readonly kFactor: KFactor;
  readonly windowDays: number;
  readonly values: PartyValues | { readonly missing: Exclude<MissingForReturn, 'rate'> };
  /** Empty: nobody was asked on record. */
  readonly triggers: readonly TriggerReturn[];
}

/** Days that a customer has to bring another one, for K: contracts are mostly by the year. */
const WINDOW_DAYS = 365;

/** Works out what the referrals of a book bring. */
export function referralReturns(input: ReturnsInput): ReferralReturns {
  const { state, currency, accounts, today, timeZone, asks = [], answerDays } = input;
  const credited = creditedIntroductions(state);
  const costs = introductionCosts(state, currency);
  const facts = new Map(accounts.map((it) => [it.accountId, it]));
  const book: Book = { input, facts, costs, sourced: sourcedShares(credited) };
  const members = accounts.flatMap((it) => (it.sinceOn ? [{ partyId: it.accountId, sinceOn: it.sinceOn }] : []));
  const programs = new Set([...state.claims.values()].map((it) => it.programId));
  const introductions = countedIntroductions(state.claims.values(), timeZone);
  return {
    currency,
    programs: [...programs].sort().map((id) => returnOf(id, book)),
    comparison: compare(accounts, credited),
    kFactor: kFactor(members, introductions, { today, windowDays: WINDOW_DAYS }),
    windowDays: WINDOW_DAYS,
    values: valuesOf(credited, book),
    triggers: asks.length === 0 ? [] : returnByTrigger(asks, askedIntroductions(book), answerDays),
  };
}

interface Book {
  readonly input: ReturnsInput;
  readonly facts: ReadonlyMap<Id, ReturnAccount>;
  readonly costs: IntroductionCosts;
  /** Basis points by claim. */
  readonly sourced: ReadonlyMap<string, number>;
}

function sourcedShares(credited: readonly CreditedIntroduction[]): ReadonlyMap<string, number> {
  return new Map(credited.flatMap((it) => (it.type === 'one' ? [[it.referralId, it.share]] : [])));
}

function returnOf(programId: string, book: Book): ReturnOfProgram {
  const { input, costs, sourced } = book;
  const missing = missingFor(programId, book);
  if (missing !== null) return { programId, result: { missing }, withoutMargin: 0 };
  const claims = [...input.state.claims.values()].filter(
    (it) => it.programId === programId && (sourced.has(it.id) || costs.of(it.id) !== undefined),
  );
  const contributions = claims.map((it) => contribution(it, book));
  const unknown = claims.filter((it) => it.state === 'retained' && sourced.has(it.id) && marginOf(it, book) === null);
  return { programId, result: programReturn(contributions, input.askArms ?? [], 0), withoutMargin: unknown.length };
}

function missingFor(programId: string, { costs, input }: Book): MissingForReturn | null {
  if (costs.withoutRate(programId)) return 'rate';
  return input.marginSet ? null : 'margin';
}

const marginOf = ({ subjectId }: ReferralClaim, { facts }: Book) => facts.get(subjectId)?.annualMargin ?? null;

function contribution(claim: ReferralClaim, book: Book): ReferralContribution {
  const { id, participantId, referrerAccountId, introducedAt, state } = claim;
  const { rewards, discounts } = book.costs.of(id) ?? { rewards: 0, discounts: 0 };
  const share = book.sourced.get(id) ?? 0;
  return {
    ...{ referralId: id, referrerAccountId: referrerAccountId ?? participantId, introducedAt },
    retained: state === 'retained' && share > 0,
    grossMargin: Math.round(((marginOf(claim, book) ?? 0) * share) / 10_000),
    ...{ rewards, referredDiscounts: discounts, handlingCost: 0 },
  };
}

/** Of the same year of joining and segment; accounts that were only influenced are in neither group. */
function compare(accounts: readonly ReturnAccount[], credited: readonly CreditedIntroduction[]): ReferredComparison {
  const types = new Map(credited.map((it) => [it.subjectId, it.type]));
  const compared = accounts.flatMap(({ accountId, sinceOn, segment, lost, annualMargin }) => {
    if (sinceOn === null || types.get(accountId) === 'two') return [];
    const stratum = `${sinceOn.slice(0, 4)}, ${segment ?? 'no segment'}`;
    return [{ accountId, referred: types.has(accountId), stratum, lost, annualMargin }];
  });
  return compareReferred(compared);
}

function valuesOf(credited: readonly CreditedIntroduction[], { input, facts, costs }: Book): ReferralReturns['values'] {
  if (!input.marginSet) return { missing: 'margin' };
  if (input.acquisitionCost === null) return { missing: 'acquisition_cost' };
  return partyValues(credited, facts, costs, input.acquisitionCost);
}

function askedIntroductions(book: Book) {
  return introducingClaims(book.input.state.claims.values()).map((claim) => {
    const { retained, grossMargin, rewards, referredDiscounts } = contribution(claim, book);
    const isKnown = missingFor(claim.programId, book) === null;
    return {
      participantId: claim.participantId,
      introducedOn: dayInZone(claim.introducedAt, book.input.timeZone),
      won: book.sourced.has(claim.id),
      net: isKnown ? (retained ? grossMargin : 0) - rewards - referredDiscounts : null,
    };
  });
}
