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
  if (contact && plan.introducer) record(draft, plan.introducer, contact, at, 'loop', random, 'association');
}

/** Claims on accounts whose introduction is unrecorded, or never was. */
function claimFalsely(draft: Draft, plan: AccountPlan, customers: readonly AccountPlan[], random: Random): void {
  const { createdAt, closesAt, won } = plan.firstOpportunity!;
  const roll = random.next();
  if (roll < 0.015) {
    const [contact] = peopleAt(plan, createdAt);
    if (contact) record(draft, plan, contact, createdAt, 'self', random);
  } else if (roll < 0.035 && won && !plan.introducedBy) {
    const at = Math.floor(closesAt + random.between(100, 300) * DAY);
    const contact = stranger(plan, customers, at, random);
    if (contact) record(draft, plan, contact, at, 'late', random);
  } else if (roll < 0.055 && !plan.introducedBy) {
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

/** Evidence on the opportunity can be entered only once there is one. The instant of the claim, or nothing when it lies after `asOf`. */
function record(
  draft: Draft,
  plan: AccountPlan,
  referrer: ContactPlan,
  at: number,
  verdict: TruthReferral['verdict'],
  random: Random,
  wanted?: BookReferral['evidence'],
): number | undefined {
  const deal = plan.firstOpportunity;
  const roll = random.next();
  const evidence =
    deal === undefined ? 'association' : (wanted ?? (roll < 0.5 ? 'association' : roll < 0.8 ? 'field' : 'source'));
  const claimedAt = evidence === 'association' ? at : Math.max(at, deal!.createdAt);
  if (claimedAt > draft.asOf) return undefined;
  const id = draft.nextId('referral');
  const [person] = peopleAt(plan, claimedAt).filter((one) => one !== referrer);
  draft.book.referrals.push({
    ...{ id, referrerContactId: referrer.id, referredAccountId: plan.id, evidence, claimedAt: instantOf(claimedAt) },
    ...(person && { referredContactId: person.id }),
    ...(deal && deal.createdAt <= claimedAt && { opportunityId: deal.id }),
  });
  draft.truth.referrals.push({ referralId: id, verdict });
  return claimedAt;
}
