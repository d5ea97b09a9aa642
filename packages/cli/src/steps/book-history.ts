import {
  type AccountLine,
  type AccountOutcomes,
  type AccountRecords,
  type CalendarDay,
  dayInZone,
  type Id,
  type Instant,
  type OrgProfile,
  type ReturnAccount,
  readOutcomes,
} from '@holdfast/core';
import type { ReportInput } from '../report/report-input.ts';
import { firstTermOn } from './account-spell.ts';
import { openSurvival } from './survival-by-cohort.ts';

/** What the past of a book says: how long accounts stayed, and each account as the returns of referrals look at it. */
export interface BookHistory {
  readonly survival: ReportInput['survival'];
  readonly accounts: readonly ReturnAccount[];
}

/** Collects it in the pass that scores the book: `add` takes every account's records, `addScored` those that were scored. */
export function openBookHistory(profile: OrgProfile, asOf: Instant) {
  const on = dayInZone(asOf, profile.timeZone);
  const survival = openSurvival(profile, asOf);
  const accounts: Omit<ReturnAccount, 'annualMargin'>[] = [];
  const margins = new Map<Id, number>();
  return {
    add: (records: AccountRecords): void => {
      const outcomes = readOutcomes(records, profile, on);
      survival.add(records, outcomes);
      const account = customerOf(records, outcomes, profile, on);
      if (account) accounts.push(account);
    },
    addScored: ({ id, recurring }: AccountLine): void => {
      const share = profile.grossMargin;
      if (share !== undefined && recurring?.currency === profile.currency)
        margins.set(id, Math.round(recurring.minor * share));
    },
    finish: (): BookHistory => ({
      survival: survival.finish(),
      accounts: accounts.map((it) => ({ ...it, annualMargin: margins.get(it.accountId) ?? null })),
    }),
  };
}

/** An account that is or was a customer: lost once a decision on it was, whatever came later, as in the survival curves. */
function customerOf(
  records: AccountRecords,
  { decisions, leftOut }: AccountOutcomes,
  profile: OrgProfile,
  on: CalendarDay,
): Omit<ReturnAccount, 'annualMargin'> | null {
  const sinceOn = firstTermOn(records, profile, on) ?? firstOrderOn(records, on);
  if (sinceOn === null || leftOut['partner or test']) return null;
  const known = decisions.filter((it) => it.outcome !== 'pending' && it.outcome !== 'competing');
  const lost = known.length === 0 ? null : known.some((it) => it.outcome === 'lost');
  return { accountId: records.account.id, sinceOn, segment: records.account.industry, lost };
}

function firstOrderOn({ orders }: AccountRecords, on: CalendarDay): CalendarDay | null {
  return (
    orders.flatMap(({ orderedOn }) => (orderedOn !== null && orderedOn <= on ? [orderedOn] : [])).sort()[0] ?? null
  );
}
