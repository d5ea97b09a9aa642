import { displayName, type Id, type TrackedReferral } from '@holdfast/core';
import type { Store } from '@holdfast/workflows';
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
  const named = async (entity: 'account' | 'contact', id: Id) => {
    const record = await store.get<'account' | 'contact'>(entity, id);
    if (record === null) return 'somebody';
    return entity === 'account' || choice.contacts ? displayName(record) : id;
  };
  const account = (id: Id) => named('account', id);
  const contact = (id: Id) => named('contact', id);
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
