import type { Book } from './book.ts';
import { DAY, instantOf } from './calendar.ts';
import { type AccountPlan, planAccounts } from './generate/account-plan.ts';
import { claimReferrals } from './generate/claims.ts';
import { planContacts, recordContacts } from './generate/contact-plan.ts';
import { currency, type Draft, startDraft } from './generate/draft.ts';
import { type Advocates, introduce } from './generate/introductions.ts';
import { liveCustomer } from './generate/life.ts';
import { liveWithoutBuying } from './generate/others.ts';
import { makeOwners } from './generate/owners.ts';
import { checkedAsOf, type GenerateOptions } from './generate-options.ts';
import type { Truth } from './truth.ts';

/**
 * Makes a plausible book of B2B business and the truth behind it: who leaves, when and why, and who introduced whom.
 * Events lie within the months before `asOf`; accounts, people, contracts and first sales of older customers reach further
 * back. Same options, same bytes: no clock and no other randomness. Throws RangeError for options that make no sense.
 */
export function generateBook(options: GenerateOptions): { readonly book: Book; readonly truth: Truth } {
  const draft = startDraft(options.seed, checkedAsOf(options), options.months ?? 36);
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
