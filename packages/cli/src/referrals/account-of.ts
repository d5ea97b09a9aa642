import type { Id } from '@holdfast/core';
import type { Store } from '@holdfast/workflows';

/** The account that a person belongs to, the primary one where the CRM says which; `null`: none. */
export async function accountOf(store: Pick<Store, 'records'>, contactId: Id): Promise<Id | null> {
  let accountId: Id | null = null;
  for await (const role of store.records('contactRole')) {
    if (role.contactId === contactId && (accountId === null || role.isPrimary)) accountId = role.accountId;
  }
  return accountId;
}
