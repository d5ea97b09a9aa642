import type { EntityName } from '../model/types.ts';

const OWNERS: { readonly [E in EntityName]?: { readonly [Of in EntityName]?: string } } = {
  contactRole: { account: 'accountId', contact: 'contactId' },
  accountParent: { account: 'childId' },
  orderLine: { opportunity: 'opportunityId', order: 'orderId' },
  referralLink: { contact: 'referredId' },
};

/**
 * The field of a relation that names the record it was read for, so that whole sets can be compared: the account of a
 * contact role, the child of a hierarchy step, the person referred. `null` when `entity` is no relation of `of`.
 * A page may hold relations in which the record plays the other part; those are stored, and replace nothing.
 */
export function relationOwner(entity: EntityName, of: EntityName): string | null {
  return OWNERS[entity]?.[of] ?? null;
}
