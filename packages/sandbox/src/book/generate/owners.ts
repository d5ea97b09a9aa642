import { firstNames, lastNames, slug } from '../names.ts';
import type { Draft } from './draft.ts';

/** How an owner's share of the accounts is drawn: running totals of uneven weights. */
export interface OwnerShares {
  readonly ids: readonly string[];
  readonly totals: readonly number[];
}

/** One owner for about 60 accounts, at least three; portfolios follow 1/rank; about one in eight has left the firm and still owns accounts. */
export function makeOwners(draft: Draft, accounts: number): OwnerShares {
  const random = draft.random('owners');
  const totals: number[] = [];
  const taken = new Set<string>();
  for (let rank = 1; rank <= Math.max(3, Math.round(accounts / 60)); rank += 1) {
    const name = unusedName(taken, () => `${random.pick(firstNames)} ${random.pick(lastNames)}`);
    const email = `${slug(name).replaceAll('-', '.')}@seller.example`;
    draft.book.owners.push({ id: draft.nextId('owner'), name, email, active: rank < 3 || !random.chance(0.12) });
    totals.push((totals.at(-1) ?? 0) + 1 / (rank + 2));
  }
  return { ids: draft.book.owners.map((owner) => owner.id), totals };
}

/** Draws an owner by share. */
export function drawOwner(shares: OwnerShares, draw: number): string {
  const at = draw * shares.totals.at(-1)!;
  return shares.ids[shares.totals.findIndex((total) => at < total)]!;
}

function unusedName(taken: Set<string>, draw: () => string): string {
  let name = draw();
  for (let number = 2; taken.has(name); number += 1) name = number < 20 ? draw() : `${draw()} ${number}`;
  taken.add(name);
  return name;
}
