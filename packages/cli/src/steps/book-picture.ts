import type { AccountLine, ScoredAccount } from '@holdfast/core';
import type { ReportInput } from '../report/report-input.ts';
import { driverSums } from './driver-sums.ts';
import { firstYear } from './first-year.ts';
import { movedPicture } from './moved-picture.ts';

/** What the page draws of a scored book beside its sums. */
export interface BookPicture extends Pick<ReportInput, 'portfolio' | 'drivers' | 'moved'> {
  readonly firstYear: ReportInput['tiles'][number];
}

/** Collects what the page draws, account by account; of accounts it keeps dots and the largest movements. */
export function bookPicture(currency: string) {
  const dots: ReportInput['portfolio'][number][] = [];
  const drivers = driverSums();
  const moved = movedPicture();
  const young = firstYear(currency);
  return {
    add: (scored: ScoredAccount, line: AccountLine): void => {
      const { name, healthScore, band, recurring } = line;
      if (healthScore !== null && recurring !== null) dots.push({ name, healthScore, band, value: recurring });
      drivers.add(scored);
      moved.add(line);
      young.add(scored, line);
    },
    finish: (): BookPicture => ({
      portfolio: dots,
      drivers: drivers.finish(),
      moved: moved.finish(),
      firstYear: young.finish(),
    }),
  };
}
