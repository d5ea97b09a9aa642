import { DAY, instantOf } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { AccountPlan } from './account-plan.ts';
import { type ContactPlan, peopleAt } from './contact-plan.ts';
import type { Draft } from './draft.ts';

/** Who has introduced others before: they do it again. */
export interface Advocates {
  readonly made: { readonly account: AccountPlan; readonly contact: ContactPlan }[];
}

/**
 * Decides whether somebody introduced this account, among those who have been customers for half a year and still are.
 * An introduction opens the relation: it comes up to two weeks before the account is entered, or some weeks after.
 */
export function introduce(
  draft: Draft,
  plan: AccountPlan,
  customers: readonly AccountPlan[],
  advocates: Advocates,
): void {
  const random = draft.random(`${plan.id}/introduction`);
  const share = plan.type === 'customer' ? 0.2 : plan.type === 'prospect' ? 0.14 : 0;
  if (plan.createdAt < draft.start + 14 * DAY || !random.chance(share)) return;
  const before = random.chance(0.75);
  const introducedAt = Math.floor(plan.createdAt + (before ? -random.between(0, 14) : random.between(1, 25)) * DAY);
  if (introducedAt > draft.asOf) return;
  const found = findAdvocate(customers, advocates, introducedAt, random);
  if (!found) return;
  advocates.made.push(found);
  plan.introducer = found.account;
  plan.introducedBy = { contact: found.contact, at: introducedAt };
  draft.truth.introductions.push({
    introducerContactId: found.contact.id,
    introducedAccountId: plan.id,
    introducedAt: instantOf(introducedAt),
  });
}

function findAdvocate(customers: readonly AccountPlan[], advocates: Advocates, at: number, random: Random) {
  for (let attempt = 0; attempt < 12 && customers.length > 0; attempt += 1) {
    const again = advocates.made.length > 0 && random.chance(0.35) ? random.pick(advocates.made) : undefined;
    const account = again?.account ?? random.pick(customers);
    const people = peopleAt(account, at);
    const contact = again ? people.find((one) => one === again.contact) : people[0];
    if (contact && isSettled(account, at)) return { account, contact };
  }
  return undefined;
}

/** A customer for half a year who has not left. */
export function isSettled(account: AccountPlan, at: number): boolean {
  return account.since !== undefined && account.since <= at - 180 * DAY && (account.leftAt ?? Infinity) > at;
}
