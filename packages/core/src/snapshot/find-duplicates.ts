import type { Id } from '../model/ids.ts';
import type { Account } from '../model/types.ts';

/** What an account is told apart by. */
type Named = Pick<Account, 'id' | 'name' | 'domain'>;

/**
 * Accounts that look like the same company: same web domain, or the same name (case, spaces and punctuation aside)
 * where neither has a domain. Proposals for a person; nothing is merged.
 */
export function findDuplicates(accounts: Iterable<Named>): ReadonlyMap<Id, readonly Id[]> {
  const finder = duplicateFinder();
  for (const account of accounts) finder.add(account);
  return finder.finish();
}

/** The same with accounts handed over one at a time; one short text and one id an account are kept. */
export function duplicateFinder() {
  const firsts = new Map<string, Id>();
  const groups = new Map<string, Id[]>();
  return {
    add: (account: Named): void => {
      const key = identityOf(account);
      if (key === null) return;
      const first = firsts.get(key);
      if (first === undefined) {
        firsts.set(key, account.id);
        return;
      }
      // A list only for those that are not alone: nearly all are.
      const group = groups.get(key);
      if (group) group.push(account.id);
      else groups.set(key, [first, account.id]);
    },
    finish: (): ReadonlyMap<Id, readonly Id[]> => {
      const duplicates = new Map<Id, readonly Id[]>();
      for (const group of groups.values()) {
        for (const id of group) duplicates.set(id, group.filter((other) => other !== id).sort());
      }
      return duplicates;
    },
  };
}

function identityOf(account: Pick<Account, 'name' | 'domain'>): string | null {
  const domain = account.domain
    ?.trim()
    .toLowerCase()
    .replace(/^www\./, '');
  if (domain) return `domain ${domain}`;
  const name = account.name?.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return name ? `name ${name}` : null;
}
