import type { AccountLine, ScoredAccount } from '@holdfast/core';
import type { ReportInput } from '../report/report-input.ts';
import { count, money } from '../text/format.ts';

const YEAR_DAYS = 365;

/** Accounts that started less than a year ago, as a tile of their own: their risk is another one than the book's. */
export function firstYear(currency: string) {
  let accounts = 0;
  let atRisk = 0;
  let minor = 0;
  return {
    add: ({ facts }: Pick<ScoredAccount, 'facts'>, { band, recurring }: AccountLine): void => {
      if (facts.tenureDays == null || facts.tenureDays >= YEAR_DAYS) return;
      accounts += 1;
      if (band === 'at_risk') atRisk += 1;
      if (recurring?.currency === currency) minor += recurring.minor;
    },
    finish: (): ReportInput['tiles'][number] => ({
      label: 'In their first year',
      value: count(accounts),
      note:
        accounts === 0
          ? 'none started within a year'
          : `${count(atRisk)} at risk; ${money({ minor, currency })} a year`,
    }),
  };
}
