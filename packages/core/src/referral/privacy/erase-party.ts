import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import { identityKeys, type PartyIdentity } from '../fraud/identity/identity-keys.ts';
import { eraseFromEvents } from './erase-from-events.ts';
import { concerns, eraseFromRecords } from './erase-from-records.ts';
import { erasureRules } from './erasure-rules.ts';
import { PRIVACY_POLICY, type PrivacyPolicy } from './privacy-policy.ts';
import type { ReferralRecords } from './referral-records.ts';
import { type Tombstone, tombstonesOf } from './tombstone.ts';

/** Who asked to be erased, with every id that merges have left, and what is still known of them. */
export interface ErasureRequest {
  readonly at: Instant;
  /** `accountIds` only where the account goes too, as with a person who trades alone; then its domain is remembered. */
  readonly party: PartyIdentity;
}

/** What becomes of the records. */
export interface Erasure {
  /** Everything that stays; outside the vault it names the person nowhere. */
  readonly kept: ReferralRecords;
  /** What went, by its id or key; of a vault entry that stays restricted nothing is listed. */
  readonly removed: Readonly<Record<keyof ReferralRecords, readonly string[]>>;
  /** Claims of the person that stay, for a rival's or an account's sake, and are to be withdrawn with the reason `erased`. */
  readonly withdrawn: readonly string[];
  /** Record ids that stay as opaque keys. */
  readonly opaque: readonly Id[];
  readonly tombstones: readonly Tombstone[];
}

/**
 * Erases a person, as prospect and as participant. A prospect without a sale goes with everything said about them; where
 * their account was referred, the claim stays on the account without the person. A participant goes too, but for claims on
 * which a reward, a decision or a rival rests. There ids of the CRM stay as opaque keys: they lead nowhere once the CRM
 * has deleted its record. What people typed is scrubbed everywhere. Erasing again changes nothing.
 */
export function eraseParty(
  records: ReferralRecords,
  { at, party }: ErasureRequest,
  digest: (text: string) => string,
  policy: PrivacyPolicy = PRIVACY_POLICY,
): Erasure {
  const rules = erasureRules(records, party, at);
  const kept: ReferralRecords = {
    ...eraseFromRecords(records, rules, policy.vaultDays),
    events: eraseFromEvents(records.events, rules),
  };
  const touched = new Set(records.claims.filter((it) => concerns(it, rules)).map((it) => it.id));
  const keys = identityKeys(party);
  const remembered = party.accountIds.length > 0 ? keys : { ...keys, domains: [] };
  const settledOr = (id: Id) => rules.isSettled(id) || kept.participants.some((it) => it.id === id);
  return {
    kept,
    removed: removedKeys(records, kept),
    withdrawn: kept.claims.filter((it) => touched.has(it.id) && !rules.isSettled(it.subjectId)).map((it) => it.id),
    opaque: [...party.contactIds, ...party.accountIds].filter(settledOr).sort(),
    tombstones: tombstonesOf(remembered, 'erased', digest, at, policy.tombstoneDays),
  };
}

function removedKeys(before: ReferralRecords, after: ReferralRecords): Erasure['removed'] {
  return {
    participants: missing(before.participants, after.participants, (it) => it.id),
    claims: missing(before.claims, after.claims, (it) => it.id),
    touches: missing(before.touches, after.touches, (it) => it.key),
    codes: missing(before.codes, after.codes, (it) => it.code),
    vault: missing(before.vault, after.vault, (it) => it.key),
    decisions: [],
    signals: missing(before.signals, after.signals, (it) => it.key),
    rewards: [],
    events: missing(before.events, after.events, (it) => it.key),
  };
}

function missing<Kept>(before: readonly Kept[], after: readonly Kept[], key: (it: Kept) => string): readonly string[] {
  const left = new Set(after.map(key));
  return before.map(key).filter((it) => !left.has(it));
}
