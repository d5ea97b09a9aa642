import { FORGETTING } from './conformance/forgetting.ts';
import { HISTORY } from './conformance/history.ts';
import { PAGES } from './conformance/pages.ts';
import { READING } from './conformance/reading.ts';
import { REFERRAL_JOURNAL } from './conformance/referral-journal.ts';
import { SNAPSHOTS } from './conformance/snapshots.ts';
import type { StoreCase } from './conformance/store-case.ts';
import { WORKSPACE } from './conformance/workspace.ts';
import { WRITE_JOURNAL } from './conformance/write-journal.ts';

export { acquireForConformance, type StoreCase } from './conformance/store-case.ts';

/** What every store must do, as data: run each case on a fresh store with any test runner. */
export const STORE_CASES: readonly StoreCase[] = [
  ...PAGES,
  ...READING,
  ...HISTORY,
  ...WRITE_JOURNAL,
  ...WORKSPACE,
  ...SNAPSHOTS,
  ...REFERRAL_JOURNAL,
  ...FORGETTING,
];
