import type { Book } from './book.ts';
import { DAY, instantOf, parseInstant } from './calendar.ts';
import { type AccountPlan, planAccounts } from './generate/account-plan.ts';
import { claimReferrals } from './generate/claims.ts';
import { planContacts, recordContacts } from './generate/contact-plan.ts';
import { currency, type Draft, startDraft } from './generate/draft.ts';
import { type Advocates, introduce } from './generate/introductions.ts';
import { liveCustomer } from './generate/life.ts';
import { liveWithoutBuying } from './generate/others.ts';
import { makeOwners } from './generate/owners.ts';
import type { Truth } from './truth.ts';

/** What decides a generated book to the last byte. */
export interface GenerateOptions {
  /** How many accounts of all types: a whole number, 0 or more. */
  readonly accounts: number;
  readonly seed: number;
  /** The instant at which the book ends, ISO 8601 with `Z`. */
  readonly asOf: string;
  /** Months of history before `asOf`; 36 when left out. */
  readonly months?: number;
}

/**
 * Makes a plausible book of B2B business and the truth behind it: who leaves, when and why, and who introduced whom.
 * Events lie within the months before `asOf`; accounts, people, contracts and first sales of older customers reach further
 * back. Same options, same bytes: no clock and no other randomness. Throws RangeError for options that make no sense.
 */
export function generateBook(options: GenerateOptions): { readonly book: Book; readonly truth: Truth } {
  const draft = startDraft(options.seed, checked(options), options.months ?? 36);
  const plans = planAccounts(draft, options.accounts, makeOwners(draft, options.accounts));
  const lived: AccountPlan[] = [];
  const customers: AccountPlan[] = [];
  const advocates: Advocates = { made: [] };
  for (const plan of plans) {
    planContacts(draft, plan, lived);
    introduce(draft, plan, customers, advocates);
    if (plan.type === 'customer') liveCustomer(draft, plan);
    else liveWithoutBuying(draft, plan);
    if (plan.type === 'customer') customers.push(plan);
    lived.push(plan);
  }
  claimReferrals(draft, plans);
  for (const plan of plans) recordAccount(draft, plan);
  return { book: draft.book, truth: draft.truth };
}

function checked({ accounts, seed, asOf, months = 36 }: GenerateOptions): number {
  const at = parseInstant(asOf);
  if (!Number.isInteger(accounts) || accounts < 0)
    throw new RangeError(`accounts must be a whole number, not ${accounts}`);
  if (!Number.isFinite(seed)) throw new RangeError(`seed must be a number, not ${seed}`);
  if (!Number.isInteger(months) || months < 1)
    throw new RangeError(`months must be a whole number from 1, not ${months}`);
  if (at === undefined) throw new RangeError(`asOf must be an instant like 2026-01-31T12:00:00Z, not ${asOf}`);
  return at;
}

/** Two in three who left were set back to prospect some weeks later; the rest still look like customers. */
function recordAccount(draft: Draft, plan: AccountPlan): void {
  const random = draft.random(`${plan.id}/record`);
  const demotedAt = (plan.leftAt ?? Infinity) + random.between(5, 60) * DAY;
  const demoted = demotedAt <= draft.asOf && random.chance(0.65);
  const edited = plan.createdAt + Math.floor(random.next() * (draft.asOf - plan.createdAt));
  const { id, name, domain, industry, place, ownerId, parentId } = plan;
  draft.book.accounts.push({
    ...{ id, name, type: demoted ? 'prospect' : plan.type, currency },
    ...(domain !== undefined && { domain }),
    ...(parentId !== undefined && { parentId }),
    ...(ownerId !== undefined && { ownerId }),
    ...(random.chance(0.94) && { industry }),
    ...(random.chance(0.97) && { country: place.country }),
    ...(random.chance(0.8) && { employees: Math.max(2, Math.round(140 * plan.size ** 1.2)) }),
    ...(random.chance(0.6) && { annualRevenue: Math.round(220 * plan.size ** 1.2) * 100_000 }),
    createdAt: instantOf(plan.createdAt),
    updatedAt: instantOf(Math.floor(demoted ? Math.max(demotedAt, edited) : edited)),
  });
  recordContacts(draft, plan);
}
