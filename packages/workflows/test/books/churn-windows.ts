import {
  type AccountFacts,
  addDays,
  buildSlice,
  CONTRACT_CARD,
  computeFacts,
  type DecisionRows,
  endOfDay,
  openDecisionRows,
} from '@holdfast/core';
import { BOOK_PROFILE } from './book-profile.ts';
import type { RavenstackAccount } from './ravenstack.ts';

/** Days of one window; cut-offs are as far apart, so that windows lie side by side. */
const WINDOW_DAYS = 91;
const FIRST_CUTOFF = '2023-06-30';

/** Drivers that such a row may hold: what the account's present fields alone would tell is left out. */
const NONE = new Map();
const INDEXES = {
  holds: new Set(['account', 'contract', 'ticket', 'surveyResponse', 'usage'] as const),
  ...{ parents: NONE, referrers: NONE, duplicates: NONE, leaving: new Set<string>() },
};

/**
 * Rows for accounts by quarter, made without the product's reading of outcomes: lost is "a churn event in the quarter after
 * the cut-off", whatever runs on; the facts are those of records dated up to the cut-off, from the first subscription on.
 */
export function churnWindows(book: readonly RavenstackAccount[], lastDay: string): DecisionRows {
  const open = openDecisionRows(CONTRACT_CARD);
  for (
    let cutoffOn = FIRST_CUTOFF;
    addDays(cutoffOn, WINDOW_DAYS) <= lastDay;
    cutoffOn = addDays(cutoffOn, WINDOW_DAYS)
  ) {
    for (const it of book) {
      if (it.records.contracts.some(({ startsOn }) => startsOn !== null && startsOn <= cutoffOn)) addRow(it, cutoffOn);
    }
  }
  return open.finish();

  function addRow({ records, churnDays }: RavenstackAccount, cutoffOn: string): void {
    const endsOn = addDays(cutoffOn, WINDOW_DAYS);
    const lost = churnDays.some((day) => day > cutoffOn && day <= endsOn);
    open.add(
      factsAt(records, cutoffOn),
      {
        ...{
          accountId: records.account.id,
          model: 'contract',
          decidesOn: endsOn,
          startsOn: addDays(cutoffOn, 1),
          endsOn,
        },
        ...{ horizonDays: WINDOW_DAYS, outcome: lost ? 'lost' : 'kept', knownOn: endsOn, cause: null },
        ...{ reactivatedOn: null, annualBefore: null, annualAfter: null },
        dates: { noticeOn: null, endOfTermOn: null, lastPaymentOn: null },
      },
      { cutoffOn, ownerId: records.account.ownerId, recencyDays: null },
    );
  }
}

/** An end or a churn day after the cut-off was not known then. */
function factsAt(records: RavenstackAccount['records'], cutoffOn: string): AccountFacts {
  const past = {
    ...records,
    account: { ...records.account, createdAt: null, churnedOn: null },
    contracts: records.contracts.map((it) =>
      it.endsOn !== null && it.endsOn > cutoffOn ? { ...it, endsOn: null, status: 'active' } : it,
    ),
  };
  return computeFacts(buildSlice(past, BOOK_PROFILE, endOfDay(cutoffOn, BOOK_PROFILE.timeZone)), BOOK_PROFILE, INDEXES);
}
