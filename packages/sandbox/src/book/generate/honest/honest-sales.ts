import type { BookOpportunity, BookOpportunityLine } from '../../book.ts';
import { DAY, dayOf, instantOf, workingTime } from '../../calendar.ts';
import { products } from '../../names.ts';
import type { Random } from '../../random.ts';
import type { AccountPlan } from '../account-plan.ts';
import { peopleAt } from '../contact-plan.ts';
import { cents, currency } from '../draft.ts';
import { type Edit, enterRow } from './edited-row.ts';
import type { HonestDraft } from './honest-draft.ts';
import type { HonestTerm } from './honest-terms.ts';

/** A sale as it will go. Instants are milliseconds. */
interface SalePlan {
  readonly kind: BookOpportunity['kind'];
  readonly createdAt: number;
  readonly closesAt: number;
  readonly won: boolean;
  readonly quantity: number;
  readonly unitPrice: number;
  /** A new price, and when it is written into the opportunity. */
  readonly told?: { readonly at: number; readonly unitPrice: number };
}

const titles = { new: 'New business', renewal: 'Renewal', expansion: 'Expansion' } as const;

/** Records a sale with every step of its stage, amount and closing day. */
function recordSale(draft: HonestDraft, plan: AccountPlan, random: Random, sale: SalePlan): void {
  const { createdAt, quantity, unitPrice } = sale;
  const closesAt = Math.max(sale.closesAt, createdAt);
  const id = draft.nextId('opportunity');
  const people = peopleAt(plan, createdAt).slice(0, random.whole(1, 2));
  const part = (share: number) => Math.floor(createdAt + share * (closesAt - createdAt));
  const edits: Edit<BookOpportunity>[] = [
    [part(random.between(0.2, 0.4)), 'stage', 'proposal'],
    [part(random.between(0.5, 0.8)), 'stage', 'negotiation'],
    [closesAt, 'stage', sale.won ? 'won' : 'lost'],
    [closesAt, 'closeOn', dayOf(closesAt)],
  ];
  if (sale.told && sale.told.at < closesAt) edits.push([sale.told.at, 'amount', cents(quantity * sale.told.unitPrice)]);
  const at = instantOf(createdAt);
  const row = enterRow<BookOpportunity>(
    draft,
    'opportunities',
    createdAt,
    {
      ...{ id, accountId: plan.id, kind: sale.kind, currency, stage: 'qualification' },
      name: `${plan.name} - ${titles[sale.kind]} ${dayOf(createdAt).slice(0, 4)}`,
      ...(plan.ownerId !== undefined && { ownerId: plan.ownerId }),
      ...(people.length > 0 && { contactIds: people.map((one) => one.id) }),
      amount: cents(quantity * unitPrice),
      closeOn: dayOf(Math.max(createdAt, closesAt + random.between(-20, 15) * DAY)),
      ...{ createdAt: at, updatedAt: at },
    },
    edits,
  );
  if (!row) return;
  const line: BookOpportunityLine = {
    ...{ id: draft.nextId('opportunity-line'), opportunityId: id, product: products.seats[0]!, quantity, unitPrice },
    ...{ createdAt: at, updatedAt: at },
  };
  draft.book.opportunityLines.push(line);
}

/** The sale that made the account a customer; always recorded, since the time as a customer counts. */
export function recordFirstSale(draft: HonestDraft, plan: AccountPlan, random: Random, term?: HonestTerm): void {
  const closesAt = Math.max(plan.createdAt, plan.since! - random.between(1, 12) * DAY);
  const createdAt = plan.createdAt + Math.floor(random.next() * 0.7 * (closesAt - plan.createdAt));
  const bought = { quantity: term?.seats ?? 10, unitPrice: term?.seatPrice ?? 120 };
  recordSale(draft, plan, random, { kind: 'new', createdAt, closesAt: Math.floor(closesAt), won: true, ...bought });
}

/** A renewal opportunity: opened at the price of today; the new price is written in when it is told. */
export function recordRenewal(
  draft: HonestDraft,
  plan: AccountPlan,
  random: Random,
  term: HonestTerm,
  outcome: { readonly won: boolean; readonly closesAt: number },
): void {
  if (term.offeredAt >= outcome.closesAt) return;
  recordSale(draft, plan, random, {
    ...{ kind: 'renewal', createdAt: term.offeredAt, ...outcome, quantity: term.seats, unitPrice: term.seatPrice },
    told: { at: term.toldAt, unitPrice: cents(term.seatPrice * (1 + term.priceRise)) },
  });
}

/** Now and then a customer in good use buys more. */
export function recordExpansion(
  draft: HonestDraft,
  plan: AccountPlan,
  random: Random,
  at: number,
  term: HonestTerm,
): void {
  const createdAt = workingTime(at - 3 * DAY, random.next());
  const closesAt = workingTime(createdAt + random.between(20, 90) * DAY, random.next());
  const quantity = Math.max(1, Math.round(term.seats * random.between(0.1, 0.4)));
  const won = random.chance(0.55);
  if (createdAt > plan.since!)
    recordSale(draft, plan, random, {
      kind: 'expansion',
      createdAt,
      closesAt,
      won,
      quantity,
      unitPrice: term.seatPrice,
    });
}
