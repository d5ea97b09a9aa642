import {
  type Account,
  type Id,
  type Instant,
  indexBookFacts,
  type KeptReferralRows,
  type Owner,
  openScreening,
  type ReferralEngine,
  type ScreenClaim,
  type Screening,
} from '@holdfast/core';
import type { Store } from '../store/store.ts';

export interface ScreenClaimsOptions extends Pick<Screening, 'given'> {
  /** The instant of the pull. */
  readonly asOf: Instant;
  /** `workspaceDigest`: nothing else of an address goes into the journal. */
  readonly digest: (text: string) => string;
}

/**
 * The checks of claims on the stored book, for `readBookEvents`: beside the rows of the referrals it reads the accounts of
 * those who refer, what lies above the named accounts, and who works in the CRM. Memory grows with the claims and with the
 * house, not with the book. Asked later it looks at the engine as it is then.
 */
export async function screenClaims(
  store: Pick<Store, 'get' | 'records'>,
  { state }: Pick<ReferralEngine, 'state'>,
  rows: KeptReferralRows,
  { asOf, digest, given }: ScreenClaimsOptions,
): Promise<ScreenClaim> {
  const accounts = [...rows.accounts, ...(await referrersAccounts(store, rows))];
  const owners: Owner[] = [];
  for await (const it of store.records('owner')) owners.push(it);
  const parents = await parentsAbove(
    store,
    accounts.map((it) => it.id),
  );
  const { opportunities } = rows;
  const contacts = [...rows.contacts, ...rows.leads];
  const facts = indexBookFacts({ accounts, contacts, opportunities, owners, parents }, asOf);
  return openScreening({ state, facts, asOf, digest, given });
}

/** Accounts of named people that are no party to a claim themselves. */
async function referrersAccounts(
  store: Pick<Store, 'get'>,
  { accounts, roles }: KeptReferralRows,
): Promise<readonly Account[]> {
  const known = new Set(accounts.map((it) => it.id));
  const found: Account[] = [];
  for (const id of new Set(roles.map((it) => it.accountId))) {
    const account = known.has(id) ? null : await store.get('account', id);
    if (account) found.push(account);
  }
  return found;
}

/** One step up for each account and for what lies above it: the hierarchy is gone over once a level. */
async function parentsAbove(store: Pick<Store, 'records'>, accounts: readonly Id[]): Promise<ReadonlyMap<Id, Id>> {
  const parents = new Map<Id, Id>();
  let wanted = new Set(accounts);
  while (wanted.size > 0) {
    const above = new Set<Id>();
    for await (const { childId, parentId } of store.records('accountParent')) {
      if (!wanted.has(childId) || parents.has(childId)) continue;
      parents.set(childId, parentId);
      above.add(parentId);
    }
    wanted = new Set([...above].filter((it) => !parents.has(it)));
  }
  return parents;
}
