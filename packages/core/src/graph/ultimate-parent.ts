import type { Id } from '../model/ids.ts';

/**
 * The top of an account's hierarchy; the account itself when it has no parent. A circle of parents, which CRMs permit,
 * ends at its smallest id, so that every member agrees.
 */
export function ultimateParent(parents: ReadonlyMap<Id, Id>, account: Id): Id {
  const path: Id[] = [account];
  const seen = new Set(path);
  for (let parent = parents.get(account); parent !== undefined; parent = parents.get(parent)) {
    if (seen.has(parent)) return path.slice(path.indexOf(parent)).sort()[0] ?? account;
    seen.add(parent);
    path.push(parent);
  }
  return path.at(-1) ?? account;
}
