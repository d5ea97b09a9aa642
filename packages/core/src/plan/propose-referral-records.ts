import { followConversion } from '../crm/follow-conversion.ts';
import { type CalendarDay, dayInZone, type Instant } from '../model/dates.ts';
import type { Id } from '../model/ids.ts';
import type { ReferralRecord, ReferralWritten } from '../model/types.ts';
import { REASONS } from '../referral/entities/reason-code.ts';
import type { ReferralClaim } from '../referral/entities/referral.ts';
import type { RewardRecord } from '../referral/rewards/index.ts';
import { standingCredit, standingReason } from '../referral/tracked-referrals.ts';
import { sameValue } from './decide-write.ts';
import { fieldAmount } from './field-amount.ts';
import { fingerprint } from './fingerprint.ts';
import type { HeldBack, Proposal } from './proposal.ts';

export interface ReferralRecordInput {
  readonly claims: Iterable<ReferralClaim>;
  readonly rewards: Iterable<RewardRecord>;
  /** What the CRM holds of our referral records. */
  readonly records: Iterable<ReferralRecord>;
  /** Fields that exist and may be written. */
  readonly fields: readonly string[];
  /** Ids that the claim had before its people or accounts were merged: what was made under them is its own. */
  readonly formerIds?: (claim: ReferralClaim) => readonly string[];
  /** Whether the program of this id still runs here; the records of another one are only kept up. */
  readonly runs?: (programId: string) => boolean;
  /** What the CRM shows under an id; `null`: nothing, so that it is not linked, an erased person least of all. */
  readonly entityOf: (id: Id) => 'account' | 'contact' | 'lead' | 'opportunity' | null;
  readonly timeZone: string;
  /** The currency that amounts are kept in; `null`: each record names its own. An amount in another one is left out. */
  readonly currency: string | null;
  /** Whether records of this account may be written at all. */
  readonly mayWrite: (accountId: Id | null) => boolean;
}

/** The key of a claim's record: opaque, short enough for every CRM, the same in every run. */
export function referralKey(claimId: string): string {
  return `referral-${fingerprint([claimId])}`;
}

/**
 * Writes of the referral records, one for each claim: created once on their key, changed only where a value differs. The
 * reason is the neutral one: whoever reads it in the CRM may be anybody. Left alone: a claim from before its program began,
 * one of or about somebody erased, and one with a side that may not be written. Of claims that
 * a merge made one, one record goes on and the other says that it is a duplicate. A record of a lead that the CRM
 * converted, whoever made it, follows it.
 */
export function* proposeReferralRecords(input: ReferralRecordInput): Iterable<Proposal> {
  const records = new Map([...input.records].flatMap((it) => (it.key === null ? [] : [[it.key, it] as const])));
  const rewards = byClaim(input.rewards);
  for (const claim of [...input.claims].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const ids = [claim.id, ...(input.formerIds?.(claim) ?? [])];
    const keys = ids.map(referralKey).filter((it) => records.has(it));
    const isPast = !(input.runs?.(claim.programId) ?? true) && keys.length === 0;
    if (isPast || standingReason(claim) === 'program_not_active') continue;
    const [key = referralKey(claim.id), ...doubles] = keys;
    const heldBack = whyLeft(claim, input);
    const given = ids.flatMap((it) => rewards.get(it) ?? []);
    if (heldBack) yield { heldBack };
    else yield proposeRecord(key, records.get(key), wantedOf(claim, given, input), input);
    for (const it of heldBack ? [] : doubles) yield proposeRecord(it, records.get(it), asDouble(), input);
    for (const it of keys) records.delete(it);
  }
  for (const [key, record] of records) {
    const follows = followConversion(record);
    const isOurs = input.mayWrite(record.advocateAccountId) && Object.keys(follows).length > 0;
    if (isOurs) yield proposeRecord(key, record, follows, input);
  }
}

/** What two claims were that a merge made one: the record of the other says so. */
function asDouble(): Partial<ReferralWritten> {
  return {
    ...{ state: 'duplicate', credit: 'none', decisionReason: REASONS.merged.referrer },
    ...{ protectedUntilOn: null, rewardState: null, rewardAmount: null },
  };
}

function byClaim(rewards: Iterable<RewardRecord>): ReadonlyMap<string, readonly RewardRecord[]> {
  const found = new Map<string, RewardRecord[]>();
  for (const it of rewards) {
    const list = found.get(it.referralId);
    if (list) list.push(it);
    else found.set(it.referralId, [it]);
  }
  return found;
}

function whyLeft(claim: ReferralClaim, { entityOf, mayWrite }: ReferralRecordInput): HeldBack | null {
  const { history, participantId, referrerAccountId, subjectId } = claim;
  const isErased = history.some(({ reason }) => reason === 'erased');
  const subject = entityOf(subjectId);
  if (isErased || subject === null || entityOf(participantId) !== 'contact') return 'nobody to name';
  const sides = [referrerAccountId, ...(subject === 'account' ? [subjectId] : [])];
  return sides.every(mayWrite) ? null : 'outside the book';
}

function proposeRecord(
  key: string,
  record: ReferralRecord | undefined,
  said: Partial<ReferralWritten>,
  { fields }: Pick<ReferralRecordInput, 'fields'>,
): Proposal {
  const pick = (names: readonly string[], from: Partial<ReferralWritten>): Partial<ReferralWritten> =>
    Object.fromEntries(names.map((it) => [it, from[it as keyof ReferralWritten]]));
  const names = Object.keys(said).filter((it) => fields.includes(it));
  if (!record) {
    const write = { key, target: { externalKey: key }, set: pick(names, said) };
    const why = `referral not recorded to ${said.state}`;
    return { write: { entity: 'referral', write, before: {}, label: key, why } };
  }
  const changed = names.filter(
    (it) => !sameValue(said[it as keyof ReferralWritten], record[it as keyof ReferralWritten]),
  );
  if (changed.length === 0) return { heldBack: 'nothing changed' };
  const write = { key, target: { id: record.id }, set: pick(changed, said) };
  const why = changed.includes('state')
    ? `referral ${record.state ?? 'without a state'} to ${said.state}`
    : `referral ${record.state ?? 'without a state'}: ${changed.map(inWords).join(', ')}`;
  return { write: { entity: 'referral', write, before: pick(changed, record), label: key, why } };
}

/** `rewardState` is "reward state". */
function inWords(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function wantedOf(
  claim: ReferralClaim,
  rewards: readonly RewardRecord[],
  { entityOf, timeZone, currency }: ReferralRecordInput,
): Partial<ReferralWritten> {
  const day = (at: Instant | null): CalendarDay | null => (at === null ? null : dayInZone(at, timeZone));
  const own = rewards.filter((it) => it.beneficiary.role === 'referrer');
  const last = own.at(-1);
  const minor = own.reduce((sum, it) => sum + it.amount.minor - it.reversed, 0);
  const rewardAmount = last ? fieldAmount({ minor, currency: last.amount.currency }) : null;
  const isShown = rewardAmount === null || currency === null || rewardAmount.currency === currency;
  const { participantId, referrerAccountId, subjectId, referredContactId, opportunityId } = claim;
  const shown = (id: Id | null, entity: ReturnType<typeof entityOf>) =>
    id !== null && entityOf(id) === entity ? id : null;
  return {
    state: claim.state,
    credit: standingCredit(claim),
    claimedOn: day(claim.claimedAt),
    protectedUntilOn: day(claim.protectedUntil),
    decisionReason: REASONS[standingReason(claim)].referrer,
    policyVersion: claim.policyVersion,
    rewardState: last?.state ?? null,
    ...(isShown && { rewardAmount }),
    advocateId: participantId,
    advocateAccountId: referrerAccountId,
    prospectId: shown(referredContactId ?? subjectId, 'contact') ?? shown(referredContactId ?? subjectId, 'lead'),
    accountId: shown(subjectId, 'account'),
    opportunityId: shown(opportunityId, 'opportunity'),
  };
}
