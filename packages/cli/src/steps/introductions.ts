import { displayName, type Id, type TrackedReferral } from '@holdfast/core';
import type { Store } from '@holdfast/workflows';
import { personOf } from '../referrals/person-of.ts';
import { words } from '../text/format.ts';

/** One referral as people read it; without `contacts`, people are named by their account and id only. */
export interface Introduction {
  readonly referrer: string;
  readonly referred: string;
  readonly state: string;
  readonly credit: string;
  readonly reason: string;
}

/**
 * Puts names to referrals, newest claim first. Names of contacts are left out unless asked for; whoever is not in the
 * store (any more) is nobody in particular.
 */
export async function introductions(
  store: Pick<Store, 'get'>,
  referrals: readonly TrackedReferral[],
  choice: { readonly contacts: boolean; readonly most: number },
): Promise<readonly Introduction[]> {
  const newest = [...referrals].sort((a, b) => (b.claimedAt ?? 0) - (a.claimedAt ?? 0)).slice(0, choice.most);
  const account = async (id: Id) => {
    const record = await store.get('account', id);
    return record === null ? 'somebody' : displayName(record);
  };
  const contact = async (id: Id) => {
    const record = await personOf(store, id);
    if (record === null) return 'somebody';
    return choice.contacts ? displayName(record) : id;
  };
  const rows: Introduction[] = [];
  for (const { referrerId, referrerAccountId, accountId, referredContactId, state, credit, reason } of newest) {
    const person = referrerId === null ? 'somebody' : await contact(referrerId);
    rows.push({
      referrer: referrerAccountId === null ? person : `${person} at ${await account(referrerAccountId)}`,
      referred: accountId
        ? await account(accountId)
        : referredContactId
          ? await contact(referredContactId)
          : 'somebody',
      state: words(state),
      credit: credit ?? '',
      reason: words(reason),
    });
  }
  return rows;
}
