import type { BookReferral } from '../book.ts';
import { DAY, instantOf } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { TruthReferral } from '../truth.ts';
import type { AccountPlan } from './account-plan.ts';
import { type ContactPlan, peopleAt } from './contact-plan.ts';
import type { Draft } from './draft.ts';
import { isSettled } from './introductions.ts';

/** Enters referrals into the CRM: seven in ten of the real ones, and false ones of each kind. */
export function claimReferrals(draft: Draft, plans: readonly AccountPlan[]): void {
  const random = draft.random('claims');
  const customers = plans.filter((plan) => plan.type === 'customer');
  for (const plan of plans) {
    if (plan.introducedBy && random.chance(0.7)) claimTruly(draft, plan, plan.introducedBy, customers, random);
    else if (plan.firstOpportunity && plan.createdAt > draft.start) claimFalsely(draft, plan, customers, random);
  }
}

type Introduction = NonNullable<AccountPlan['introducedBy']>;

function claimTruly(
  draft: Draft,
  plan: AccountPlan,
  by: Introduction,
  customers: readonly AccountPlan[],
  random: Random,
): void {
  const at = Math.floor(Math.max(by.at, plan.createdAt) + random.between(0, 21) * DAY);
  const claimedAt = record(draft, plan, by.contact, at, 'true', random);
  if (claimedAt === undefined) return;
  if (random.chance(0.12)) claimAsRival(draft, plan, claimedAt, customers, random);
  if (random.chance(0.1)) claimBack(draft, plan, claimedAt, random);
}

/** Somebody else says later that it was them. */
function claimAsRival(
  draft: Draft,
  plan: AccountPlan,
  after: number,
  customers: readonly AccountPlan[],
  random: Random,
): void {
  const at = Math.floor(after + random.between(2, 40) * DAY);
  const rival = stranger(plan, customers, at, random);
  if (rival && rival.id !== plan.introducedBy?.contact.id) record(draft, plan, rival, at, 'rival', random);
}

/** The introduced account claims to have introduced its introducer. */
function claimBack(draft: Draft, plan: AccountPlan, after: number, random: Random): void {
  const at = Math.floor(after + random.between(5, 120) * DAY);
  const [contact] = peopleAt(plan, at);
  if (contact && plan.introducer) record(draft, plan.introducer, contact, at, 'loop', random);
}

/** Claims on accounts whose introduction is unrecorded, or never was. */
function claimFalsely(draft: Draft, plan: AccountPlan, customers: readonly AccountPlan[], random: Random): void {
  const { createdAt, closesAt, won } = plan.firstOpportunity!;
  const roll = random.next();
  if (roll < 0.015) {
    const [contact] = peopleAt(plan, createdAt);
    if (contact) record(draft, plan, contact, createdAt, 'self', random);
  } else if (roll < 0.05 && won && !plan.introducedBy) {
    const at = Math.floor(closesAt + random.between(100, 300) * DAY);
    const contact = stranger(plan, customers, at, random);
    if (contact) record(draft, plan, contact, at, 'late', random);
  } else if (roll < 0.07 && !plan.introducedBy) {
    const at = createdAt + Math.floor(random.next() * 0.8 * (closesAt - createdAt));
    const contact = stranger(plan, customers, at, random);
    if (contact) record(draft, plan, contact, at, 'decoy', random);
  }
}

function stranger(
  plan: AccountPlan,
  customers: readonly AccountPlan[],
  at: number,
  random: Random,
): ContactPlan | undefined {
  for (let attempt = 0; attempt < 8 && customers.length > 1; attempt += 1) {
    const account = random.pick(customers);
    const [contact] = peopleAt(account, at);
    if (contact && account !== plan && isSettled(account, at)) return contact;
  }
  return undefined;
}

/**
 * Enters one claim. A link needs a second person; a field or a source needs an opportunity, and a source says "Referral" there.
 * The instant of the claim, or nothing when it cannot be made by `asOf`.
 */
function record(
  draft: Draft,
  plan: AccountPlan,
  referrer: ContactPlan,
  at: number,
  verdict: TruthReferral['verdict'],
  random: Random,
): number | undefined {
  const deal = plan.firstOpportunity;
  const person = peopleAt(plan, at).find((one) => one !== referrer);
  const evidence = drawEvidence(person !== undefined, deal !== undefined, random.next());
  const claimedAt = evidence === 'association' ? at : Math.max(at, deal?.createdAt ?? at);
  if (evidence === undefined || claimedAt > draft.asOf) return undefined;
  const id = draft.nextId('referral');
  draft.book.referrals.push({
    ...{ id, referrerContactId: referrer.id, referredAccountId: plan.id, evidence, claimedAt: instantOf(claimedAt) },
    ...(person && { referredContactId: person.id }),
    ...(deal && deal.createdAt <= claimedAt && { opportunityId: deal.row.id }),
  });
  if (evidence === 'source') deal!.row.source = 'Referral';
  draft.truth.referrals.push({ referralId: id, verdict });
  return claimedAt;
}

function drawEvidence(person: boolean, deal: boolean, roll: number): BookReferral['evidence'] | undefined {
  if (person && (roll < 0.5 || !deal)) return 'association';
  if (deal) return roll < 0.8 ? 'field' : 'source';
  return undefined;
}
