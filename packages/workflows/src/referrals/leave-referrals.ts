import {
  namedParties,
  type ReferralEngine,
  type ReferralReport,
  readReferralRows,
  trackedReferrals,
} from '@holdfast/core';
import { feedRows } from '../score/feed-rows.ts';
import type { Store } from '../store/store.ts';
import type { FollowedReferrals, FollowReferralsOptions } from './follow-referrals.ts';

/**
 * Goes over the book as `followReferrals` does, and takes nothing of what it says of referrals: they stand as the journal
 * left them. For a run whose programs cannot be read: its scores need none.
 */
export async function leaveReferrals(
  store: Store,
  { state }: ReferralEngine,
  { profile, signal, beside = [] }: Pick<FollowReferralsOptions, 'profile' | 'signal' | 'beside'>,
): Promise<Pick<FollowedReferrals, 'rows'> & { readonly referrals: ReferralReport }> {
  const reading = readReferralRows(profile, namedParties(state));
  await feedRows(store, [...beside, reading], signal);
  return { rows: reading.finish(), referrals: trackedReferrals(state) };
}
