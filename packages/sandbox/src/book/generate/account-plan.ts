import type { BookOpportunity } from '../book.ts';
import { addMonths, DAY, workingTime } from '../calendar.ts';
import { oddNames, places, slug, stems, trades } from '../names.ts';
import type { Random } from '../random.ts';
import type { ContactPlan } from './contact-plan.ts';
import type { Draft, Making } from './draft.ts';
import { drawOwner, type OwnerShares } from './owners.ts';

/** An account before its life is told. Instants are milliseconds. */
export interface AccountPlan {
  readonly id: string;
  readonly name: string;
  readonly domain?: string;
  readonly type: 'customer' | 'prospect' | 'partner' | 'test';
  readonly industry: string;
  readonly place: (typeof places)[number];
  /** Multiplies value, seats and order sizes; 1 is a typical account. */
  readonly size: number;
  readonly createdAt: number;
  /** When it became a customer. */
  readonly since?: number;
  readonly buys?: 'contract' | 'orders' | 'both';
  readonly ownerId?: string;
  readonly contacts: ContactPlan[];
  parentId?: string;
  introducer?: AccountPlan;
  introducedBy?: { readonly contact: ContactPlan; readonly at: number };
  firstOpportunity?: {
    readonly row: Making<BookOpportunity>;
    readonly createdAt: number;
    readonly closesAt: number;
    readonly won: boolean;
  };
  leftAt?: number;
}

type Birth = Pick<AccountPlan, 'type' | 'createdAt'> & { readonly since?: number };

/** Draws all accounts, in the order in which the CRM got to know them. */
export function planAccounts(draft: Draft, count: number, shares: OwnerShares): AccountPlan[] {
  const births = Array.from({ length: count }, (_, i) => drawBirth(draft, i, draft.random(`birth/${i}`)));
  births.sort((a, b) => a.createdAt - b.createdAt);
  const taken = new Set<string>();
  const plans: AccountPlan[] = [];
  for (const birth of births) plans.push(drawAccount(draft, birth, plans, taken, shares));
  linkParents(draft, plans);
  return plans;
}

/** 70 % customers, 5 % partners, one test in 150, the rest prospects; a little over half of the customers are older than the window. */
function drawBirth(draft: Draft, index: number, random: Random): Birth {
  const at = (day: number) => Math.min(workingTime(day - 2 * DAY, random.next()), draft.asOf - DAY);
  if (draft.honest) return drawHonestBirth(draft, random);
  if (index % 150 === 40) return { type: 'test', createdAt: at(random.between(draft.start, draft.asOf - 90 * DAY)) };
  if (random.chance(0.71)) {
    const earliest = addMonths(draft.start, -72);
    const since = random.chance(0.56)
      ? draft.start - (draft.start - earliest) * random.next() ** 1.5
      : random.between(draft.start, draft.asOf - DAY);
    return { type: 'customer', since, createdAt: at(since - random.between(40, 200) * DAY) };
  }
  const type = random.chance(0.17) ? 'partner' : 'prospect';
  return { type, createdAt: at(random.between(addMonths(draft.start, -8), draft.asOf - 3 * DAY)) };
}

/** Customers only; two in three are older than the window. */
function drawHonestBirth(draft: Draft, random: Random): Birth {
  const since = random.chance(0.67)
    ? draft.start - (draft.start - addMonths(draft.start, -72)) * random.next() ** 1.5
    : random.between(draft.start, draft.asOf - DAY);
  return { type: 'customer', since, createdAt: workingTime(since - random.between(40, 200) * DAY, random.next()) };
}

function drawAccount(
  draft: Draft,
  birth: Birth,
  earlier: readonly AccountPlan[],
  taken: Set<string>,
  shares: OwnerShares,
): AccountPlan {
  const id = draft.nextId('account');
  const random = draft.random(id);
  const industry = random.pick(Object.keys(trades));
  const place = random.pick(places);
  const name = drawName(birth.type, industry, place.form, earlier, taken, random);
  const domain = drawDomain(name, id, earlier, taken, random);
  const roll = random.next();
  return {
    ...{ id, name, type: birth.type, industry, place, createdAt: birth.createdAt, contacts: [] },
    size: Math.exp(random.normal() * 0.95),
    ...(domain !== undefined && { domain }),
    ...(birth.since !== undefined && {
      since: birth.since,
      buys: roll < 0.2 ? 'orders' : roll < 0.32 ? 'both' : 'contract',
    }),
    ...(random.chance(0.97) && { ownerId: drawOwner(shares, random.next()) }),
  };
}

function drawName(
  type: AccountPlan['type'],
  industry: string,
  form: string,
  earlier: readonly AccountPlan[],
  taken: Set<string>,
  random: Random,
): string {
  if (type === 'test') return `Test company ${random.whole(1, 99)} (please ignore)`;
  if (earlier.length > 20 && random.chance(0.02)) return random.pick(earlier).name;
  const odd = random.chance(0.03);
  for (let attempt = 0; ; attempt += 1) {
    const plain = odd ? random.pick(oddNames) : `${random.pick(stems)} ${random.pick(trades[industry]!)} ${form}`;
    const name = attempt < 4 ? plain : `${random.pick(stems)} ${plain}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** 6 % have none; 1 % share another account's. Names in `.example` can belong to nobody (RFC 2606). */
function drawDomain(
  name: string,
  id: string,
  earlier: readonly AccountPlan[],
  taken: Set<string>,
  random: Random,
): string | undefined {
  if (random.chance(0.06)) return undefined;
  if (earlier.length > 20 && random.chance(0.01)) return random.pick(earlier).domain;
  const plain = `${slug(name) || id}.example`;
  const domain = taken.has(plain) ? `${slug(name) || 'firm'}-${id}.example` : plain;
  taken.add(domain);
  return domain;
}

/** About one account in nine belongs to a group; groups are older than their members, so no circle can arise. */
function linkParents(draft: Draft, plans: readonly AccountPlan[]): void {
  const random = draft.random('parents');
  const groups: number[] = [];
  for (const [index, plan] of plans.entries()) {
    if (plan.type === 'test') continue;
    if (groups.length > 0 && random.chance(0.11)) plan.parentId = plans[random.pick(groups)]!.id;
    else if (random.chance(0.035) && plan.type !== 'partner') groups.push(index);
  }
}
