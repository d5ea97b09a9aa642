import { type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { ReferralRecord, ReferralWritten } from '../model/types.ts';
import { REASONS } from '../referral/entities/reason-code.ts';
import type { ReferralClaim } from '../referral/entities/referral.ts';
import type { RewardRecord } from '../referral/rewards/index.ts';
import { fingerprint } from './fingerprint.ts';
import type { Proposal } from './proposal.ts';

export interface ReferralRecordInput {
  readonly claims: Iterable<ReferralClaim>;
  /** The rewards of each claim, by its id. */
  readonly rewardsOf: (claimId: string) => readonly RewardRecord[];
  /** What the CRM holds of our referral records. */
  readonly records: Iterable<ReferralRecord>;
  /** Whether an id is a contact; anything else that was referred is an account. */
  readonly isContact: (id: Id) => boolean;
  readonly timeZone: string;
  /** Whether records of this account may be written at all. */
  readonly mayWrite: (accountId: Id | null) => boolean;
}

/** The key of a claim's record: opaque, short enough for every CRM, the same in every run. */
export function referralKey(claimId: string): string {
  return `referral-${fingerprint([claimId])}`;
}

/**
 * Writes of the referral records, one for each claim: created once on their key, changed only where a value differs. The
 * reason is the neutral one: whoever reads it in the CRM may be anybody.
 */
export function* proposeReferralRecords(input: ReferralRecordInput): Iterable<Proposal> {
  const records = new Map([...input.records].flatMap((it) => (it.key === null ? [] : [[it.key, it] as const])));
  for (const claim of [...input.claims].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!input.mayWrite(claim.referrerAccountId)) yield { heldBack: 'outside the book' };
    else yield proposeRecord(claim, records.get(referralKey(claim.id)), input);
  }
}

function proposeRecord(claim: ReferralClaim, record: ReferralRecord | undefined, input: ReferralRecordInput): Proposal {
  const wanted = wantedOf(claim, input);
  const key = referralKey(claim.id);
  const why = `referral ${record?.state ?? 'not recorded'} to ${claim.state}`;
  if (!record) {
    return {
      write: {
        entity: 'referral',
        write: { key, target: { externalKey: key }, set: wanted },
        before: {},
        label: key,
        why,
      },
    };
  }
  const fields = Object.keys(wanted) as (keyof ReferralWritten)[];
  const changed = fields.filter((it) => JSON.stringify(wanted[it]) !== JSON.stringify(record[it]));
  if (changed.length === 0) return { heldBack: 'nothing changed' };
  const pick = (from: ReferralWritten) => Object.fromEntries(changed.map((it) => [it, from[it]]));
  const write = { key, target: { id: record.id }, set: pick(wanted) };
  return { write: { entity: 'referral', write, before: pick(record), label: key, why } };
}

function wantedOf(claim: ReferralClaim, { rewardsOf, isContact, timeZone }: ReferralRecordInput): ReferralWritten {
  const day = (at: Instant | null): CalendarDay | null => (at === null ? null : dayInZone(at, timeZone));
  const rewards = rewardsOf(claim.id).filter((it) => it.beneficiary.role === 'referrer');
  const last = rewards.at(-1);
  const minor = rewards.reduce((sum, it) => sum + it.amount.minor - it.reversed, 0);
  const isPerson = isContact(claim.subjectId);
  return {
    state: claim.state,
    credit: claim.credit,
    claimedOn: day(claim.claimedAt),
    protectedUntilOn: day(claim.protectedUntil),
    decisionReason: REASONS[claim.history.at(-1)?.reason ?? 'accepted'].referrer,
    policyVersion: claim.policyVersion,
    rewardState: last?.state ?? null,
    rewardAmount: last ? { minor, currency: last.amount.currency } : null,
    advocateId: claim.participantId,
    advocateAccountId: claim.referrerAccountId,
    prospectId: claim.referredContactId ?? (isPerson ? claim.subjectId : null),
    accountId: isPerson ? null : claim.subjectId,
    opportunityId: claim.opportunityId,
  };
}
