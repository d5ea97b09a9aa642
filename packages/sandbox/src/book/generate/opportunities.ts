import type { BookOpportunity } from '../book.ts';
import { DAY, dayOf, instantOf, workingTime } from '../calendar.ts';
import { products } from '../names.ts';
import type { Random } from '../random.ts';
import type { AccountPlan } from './account-plan.ts';
import { peopleAt } from './contact-plan.ts';
import { cents, currency, type Draft, type Making } from './draft.ts';
import type { Life } from './life.ts';

interface LinePlan {
  readonly product: string;
  readonly quantity: number;
  readonly unitPrice: number;
}

interface OpportunityPlan {
  readonly plan: AccountPlan;
  readonly random: Random;
  readonly kind: BookOpportunity['kind'];
  readonly createdAt: number;
  readonly closesAt: number;
  readonly won: boolean;
  readonly lines: readonly LinePlan[];
  readonly source?: string;
}

const titles = { new: 'New business', renewal: 'Renewal', expansion: 'Expansion' } as const;

/** Records an opportunity with its lines as they stand at `asOf`; the row, or nothing when it is not opened by then. */
export function recordOpportunity(draft: Draft, made: OpportunityPlan): Making<BookOpportunity> | undefined {
  const { plan, random, kind, createdAt, source } = made;
  if (createdAt > draft.asOf) return undefined;
  const closesAt = Math.max(made.closesAt, createdAt);
  const closed = closesAt <= draft.asOf;
  const id = draft.nextId('opportunity');
  const amount = cents(made.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0));
  const people = peopleAt(plan, createdAt).slice(0, random.whole(1, 2));
  const updatedAt = closed ? closesAt : createdAt + Math.floor(random.next() * (draft.asOf - createdAt));
  const expected = closed ? closesAt : Math.max(createdAt, closesAt + random.between(-20, 15) * DAY);
  const dirty = !closed && random.chance(0.06);
  const row: Making<BookOpportunity> = {
    ...{
      id,
      accountId: plan.id,
      kind,
      currency,
      name: `${plan.name} - ${titles[kind]} ${dayOf(createdAt).slice(0, 4)}`,
    },
    ...(plan.ownerId !== undefined && { ownerId: plan.ownerId }),
    ...(people.length > 0 && { contactIds: people.map((one) => one.id) }),
    stage: closed ? (made.won ? 'won' : 'lost') : stageAt((draft.asOf - createdAt) / (closesAt - createdAt)),
    ...(!dirty && { amount, closeOn: dayOf(expected) }),
    ...(source !== undefined && { source }),
    createdAt: instantOf(createdAt),
    updatedAt: instantOf(updatedAt),
  };
  draft.book.opportunities.push(row);
  for (const line of made.lines) recordLine(draft, id, line, createdAt);
  return row;
}

function stageAt(progress: number): 'qualification' | 'proposal' | 'negotiation' {
  return progress < 0.4 ? 'qualification' : progress < 0.75 ? 'proposal' : 'negotiation';
}

function recordLine(draft: Draft, opportunityId: string, line: LinePlan, createdAt: number): void {
  const at = instantOf(createdAt);
  draft.book.opportunityLines.push({
    id: draft.nextId('opportunity-line'),
    ...{ opportunityId, ...line, createdAt: at, updatedAt: at },
  });
}

/** Now and then a customer in good use buys more seats, or other goods. */
export function expandInMonth(draft: Draft, life: Life, from: number, to: number): void {
  const { random, plan } = life;
  if (!random.chance(0.016 * life.level)) return;
  const createdAt = workingTime(random.between(from, to) - 3 * DAY, random.next());
  if (createdAt < plan.since!) return;
  const closesAt = workingTime(createdAt + random.between(20, 90) * DAY, random.next());
  const won = random.chance(0.55);
  const seats = Math.max(1, Math.round(life.seats * random.between(0.1, 0.4)));
  const line = life.contract
    ? { product: random.pick(products.seats), quantity: seats, unitPrice: life.contract.seatPrice }
    : goodsLine(plan.size, random);
  recordOpportunity(draft, { plan, random, kind: 'expansion', createdAt, closesAt, won, lines: [line] });
  if (won && life.contract) life.seats += seats;
}

/** The sale that made the account a customer; of older customers the CRM remembers three in four. */
export function firstSale(draft: Draft, life: Life): void {
  const { random, plan } = life;
  const since = plan.since!;
  const closesAt = Math.max(plan.createdAt, since - random.between(1, 12) * DAY);
  const createdAt = plan.createdAt + Math.floor(random.next() * 0.7 * (closesAt - plan.createdAt));
  if (since < draft.start && random.chance(0.25)) return;
  const lines = life.contract
    ? [{ product: products.seats[0], quantity: life.seats, unitPrice: life.contract.seatPrice }]
    : [goodsLine(plan.size, random), goodsLine(plan.size, random)];
  if (life.contract && random.chance(0.4)) lines.push({ product: 'Onboarding', quantity: 1, unitPrice: 2500 });
  const source = sourceOf(plan, random);
  const row = recordOpportunity(draft, { plan, random, kind: 'new', createdAt, closesAt, won: true, lines, source });
  if (row) plan.firstOpportunity = { row, createdAt, closesAt, won: true };
}

/** What people type as the source: half of the introduced say so, a few others say it too. */
export function sourceOf(plan: AccountPlan, random: Random): string {
  if (plan.introducer && random.chance(0.5)) return 'Referral';
  if (random.chance(0.03)) return random.pick(['Referral', 'Partner Referral']);
  return random.pick(['Web', 'Web', 'Trade Show', 'Cold Call', 'Advertisement', 'Partner', 'Other']);
}

/** One line of goods, larger for larger accounts. */
export function goodsLine(size: number, random: Random): LinePlan {
  const product = random.pick(products.goods);
  const quantity = Math.max(1, Math.round(12 * size * random.between(0.3, 2)));
  return { product, quantity, unitPrice: cents(35 + 40 * products.goods.indexOf(product) * random.between(0.9, 1.1)) };
}
