import type { Id } from '../model/ids.ts';
import type { Account } from '../model/types.ts';

/**
 * Accounts that look like the same company: same web domain, or the same name (case, spaces and punctuation aside)
 * where neither has a domain. Proposals for a person; nothing is merged.
 */
export function findDuplicates(
  accounts: Iterable<Pick<Account, 'id' | 'name' | 'domain'>>,
): ReadonlyMap<Id, readonly Id[]> {
  const groups = new Map<string, Id[]>();
  for (const account of accounts) {
    const key = identityOf(account);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(account.id);
    else groups.set(key, [account.id]);
  }
  const duplicates = new Map<Id, readonly Id[]>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const id of group) duplicates.set(id, group.filter((other) => other !== id).sort());
  }
  return duplicates;
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
