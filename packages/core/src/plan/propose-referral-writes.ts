import type { Id } from '../model/ids.ts';
import { displayName } from '../model/mask-addresses.ts';
import type { Contact, Opportunity, OpportunityWritten } from '../model/types.ts';
import type { TrackedReferral } from '../referral/referral.ts';
import type { Proposal } from './proposal.ts';

export interface ReferralWriteInput {
  readonly referrals: readonly TrackedReferral[];
  readonly opportunities: Iterable<Opportunity>;
  readonly contacts: Iterable<Contact>;
  /** Fields that exist and may be written. */
  readonly opportunityFields: readonly string[];
  readonly contactFields: readonly string[];
  /** Whether records of this account may be written at all: not left out, in the pilot, customer or prospect. */
  readonly mayWrite: (accountId: Id | null) => boolean;
}

/**
 * Writes of referral state and credit on opportunities, and of referrals won on the contacts who referred. A record is
 * written only where a value differs; a contact who never had a referral won keeps an empty field.
 */
export function proposeReferralWrites(input: ReferralWriteInput): readonly Proposal[] {
  return [...opportunityProposals(input), ...contactProposals(input)];
}

function* opportunityProposals(input: ReferralWriteInput): Iterable<Proposal> {
  const deciding = decidingReferrals(input.referrals);
  for (const it of input.opportunities) {
    const referral = deciding.get(it.id);
    if (!referral) continue;
    if (!input.mayWrite(it.accountId)) yield { heldBack: 'outside the book' };
    else yield opportunityProposal(it, referral, input.opportunityFields);
  }
}

/** Several claims may point at one opportunity; the one that holds it speaks, the refused ones do not. */
function decidingReferrals(referrals: readonly TrackedReferral[]): ReadonlyMap<Id, TrackedReferral> {
  const refused = ['duplicate', 'queued', 'rejected', 'under_review'];
  const deciding = new Map<Id, TrackedReferral>();
  for (const it of referrals) {
    if (it.opportunityId === null) continue;
    const other = deciding.get(it.opportunityId);
    if (!other || (refused.includes(other.state) && !refused.includes(it.state))) deciding.set(it.opportunityId, it);
  }
  return deciding;
}

function opportunityProposal(record: Opportunity, referral: TrackedReferral, fields: readonly string[]): Proposal {
  const wanted: OpportunityWritten = { referralState: referral.state, referralCredit: referral.credit };
  const keys = (Object.keys(wanted) as (keyof OpportunityWritten)[]).filter((key) => wanted[key] !== record[key]);
  if (keys.length === 0) return { heldBack: 'nothing changed' };
  const changed = keys.filter((key) => fields.includes(key));
  if (changed.length === 0) return { heldBack: 'field not installed' };
  const pick = (values: OpportunityWritten): Partial<OpportunityWritten> =>
    Object.fromEntries(changed.map((key) => [key, values[key]]));
  return {
    write: {
      entity: 'opportunity',
      write: { key: `opportunity ${record.id}`, target: { id: record.id }, set: pick(wanted) },
      before: pick(record),
      label: displayName(record),
      why: `referral ${record.referralState ?? 'not recorded'} to ${referral.state}`,
    },
  };
}

function* contactProposals(input: ReferralWriteInput): Iterable<Proposal> {
  const won = new Map<Id, number>();
  const accountOf = new Map<Id, Id | null>();
  for (const it of input.referrals) {
    if (it.referrerId === null) continue;
    accountOf.set(it.referrerId, it.referrerAccountId);
    const counts = it.credit === 'sourced' && (it.state === 'won' || it.state === 'retained');
    won.set(it.referrerId, (won.get(it.referrerId) ?? 0) + Number(counts));
  }
  for (const it of input.contacts) {
    const count = won.get(it.id) ?? 0;
    const before = it.referralsWon;
    if (count === (before ?? 0)) continue;
    if (!input.mayWrite(accountOf.get(it.id) ?? null)) yield { heldBack: 'outside the book' };
    else if (!input.contactFields.includes('referralsWon')) yield { heldBack: 'field not installed' };
    else yield contactProposal(it, count);
  }
}

function contactProposal(record: Contact, count: number): Proposal {
  return {
    write: {
      entity: 'contact',
      write: { key: `contact ${record.id}`, target: { id: record.id }, set: { referralsWon: count } },
      before: { referralsWon: record.referralsWon },
      label: record.id,
      why: `referrals won from ${record.referralsWon ?? 0} to ${count}`,
    },
  };
}
