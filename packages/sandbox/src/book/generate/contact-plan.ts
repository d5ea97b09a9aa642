import { DAY, instantOf, workingTime } from '../calendar.ts';
import { firstNames, lastNames, roles, slug } from '../names.ts';
import type { Random } from '../random.ts';
import type { AccountPlan } from './account-plan.ts';
import type { Draft } from './draft.ts';

/** A person before the book is closed. Instants are milliseconds. */
export interface ContactPlan {
  readonly id: string;
  readonly accountId: string;
  readonly firstName?: string;
  readonly lastName: string;
  readonly email?: string;
  readonly phone?: string;
  readonly title: string;
  readonly role?: string;
  readonly createdAt: number;
  readonly otherAccountIds?: readonly string[];
  /** When the person left the company, if ever. */
  goneAt?: number;
}

/** One to eight people, more at large accounts; the first comes with the account and is its champion. */
export function planContacts(draft: Draft, plan: AccountPlan, earlier: readonly AccountPlan[]): void {
  const random = draft.random(`${plan.id}/contacts`);
  const most = plan.type === 'customer' ? 8 : 3;
  const count = Math.max(1, Math.min(most, Math.round(0.6 + 1.3 * plan.size ** 0.5 + 2.2 * random.next())));
  for (let i = 0; i < count; i += 1) {
    const latest = Math.max(plan.createdAt + DAY, draft.asOf - 5 * DAY);
    const at = i === 0 ? plan.createdAt : Math.min(latest, plan.createdAt + random.next() ** 2 * 700 * DAY);
    addContact(draft, plan, at, i === 0 ? roles[0]! : random.pick(roles.slice(1)), random, earlier);
  }
}

/** Enters one person at an account. Mail addresses are unique in the book, as CRMs demand; 8 % have none. */
export function addContact(
  draft: Draft,
  plan: AccountPlan,
  at: number,
  role: (typeof roles)[number],
  random: Random,
  earlier: readonly AccountPlan[] = [],
): ContactPlan {
  const id = draft.nextId('contact');
  const [firstName, lastName] = [random.pick(firstNames), random.pick(lastNames)];
  const other = earlier.length > 5 && random.chance(0.03) ? random.pick(earlier) : undefined;
  const number = id.slice('contact-'.length);
  const contact: ContactPlan = {
    ...{ id, accountId: plan.id, lastName, title: random.pick(role.titles) },
    createdAt: at === plan.createdAt ? at : Math.max(plan.createdAt, workingTime(at - 3 * DAY, random.next())),
    ...(random.chance(0.98) && { firstName }),
    ...(random.chance(0.92) && { email: mailAddress(firstName, lastName, number, plan.domain, random) }),
    ...(random.chance(0.7) && { phone: `${plan.place.code} 555 ${String(random.whole(0, 9999)).padStart(4, '0')}` }),
    ...(random.chance(0.88) && { role: role.role }),
    ...(other && other.type !== 'test' && { otherAccountIds: [other.id] }),
  };
  plan.contacts.push(contact);
  return contact;
}

function mailAddress(first: string, last: string, number: string, domain: string | undefined, random: Random): string {
  const local = `${slug(first)}.${slug(last)}`;
  const host = domain !== undefined && random.chance(0.95) ? domain : 'freemail.example';
  const style = random.next();
  if (style < 0.02) return `${local}+${number}@${host}`;
  return style < 0.04 ? `${first}.${last}${number}@${host}` : `${local}${number}@${host}`;
}

/** People on record at an instant who have not left, in the order in which they came. */
export function peopleAt(plan: AccountPlan, at: number): ContactPlan[] {
  return plan.contacts.filter((one) => one.createdAt <= at && (one.goneAt === undefined || one.goneAt > at));
}

/** Writes the people that are known at `asOf`; a champion who left is a `former champion` from that day. */
export function recordContacts(draft: Draft, plan: AccountPlan): void {
  const random = draft.random(`${plan.id}/edits`);
  for (const { goneAt, createdAt, role, ...rest } of plan.contacts) {
    const edited = createdAt + (random.chance(0.4) ? random.next() * 0.9 * (draft.asOf - createdAt) : 0);
    if (createdAt > draft.asOf) continue;
    const gone = goneAt !== undefined && goneAt <= draft.asOf;
    const shown = gone ? 'former champion' : role;
    draft.book.contacts.push({
      ...rest,
      ...(shown !== undefined && { role: shown }),
      createdAt: instantOf(createdAt),
      updatedAt: instantOf(gone ? Math.max(goneAt, createdAt) : Math.floor(edited)),
    });
  }
}
