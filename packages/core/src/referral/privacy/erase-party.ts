import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';
import type { ReferralEvent } from '../entities/referral-event.ts';
import { identityKeys, type PartyIdentity } from '../fraud/identity/identity-keys.ts';
import type { JournalFacts } from './journal-facts.ts';
import { concerns, erasureRules } from './keep-rules.ts';
import { type PayeeVaultEntry, restrictPayees } from './payee-vault.ts';
import { PRIVACY_POLICY, type PrivacyPolicy } from './privacy-policy.ts';
import { type Rewriting, rewriteEvents } from './rewrite-events.ts';
import { tombstonesOf } from './tombstone.ts';

/** Who asked to be erased, with every id that merges have left, and what is still known of them. */
export interface ErasureRequest {
  readonly at: Instant;
  /** The person's id now: the first of the party's. */
  readonly partyId: Id;
  /** `accountIds` only where the account goes too, as with a person who trades alone; then its domain is remembered. */
  readonly party: PartyIdentity;
}

/** What becomes of the journal and of the vault. */
export interface Erasure {
  /** Takes the person out of the journal. What is left names them nowhere, but for ids in `opaque`. */
  readonly rewriting: () => Rewriting;
  /**
   * To be written behind it: ends the claims on others that stay, such as the person's account, and remembers by
   * tombstones. Its key is made of the person and of what is remembered: begun again it remembers once, with another
   * address given it remembers that too.
   */
  readonly event: Extract<ReferralEvent, { readonly kind: 'erase' }>;
  /** Record ids that stay as opaque keys. */
  readonly opaque: readonly Id[];
  readonly vault: (entries: readonly PayeeVaultEntry[]) => readonly PayeeVaultEntry[];
}

/**
 * Erases a person, as prospect and as participant. A prospect without a sale goes with everything said about them; where
 * their account was referred, the claim stays on the account without the person. A participant goes too, but for claims on
 * which a reward, a decision or a rival rests. There ids of the CRM stay as opaque keys: they lead nowhere once the CRM
 * has deleted its record. What people typed is scrubbed everywhere. Erasing again changes nothing.
 */
export function eraseParty(
  facts: JournalFacts,
  { at, partyId, party }: ErasureRequest,
  digest: (text: string) => string,
  policy: PrivacyPolicy = PRIVACY_POLICY,
): Erasure {
  const rules = erasureRules(facts, party);
  const kept = facts.claims.filter((it) => rules.keepsPair(it.participantId, it.subjectId));
  const standing = kept.filter((it) => it.state !== 'withdrawn');
  const ending = standing.filter((it) => concerns(it, rules) && !rules.isSettled(it.subjectId));
  const staying = new Set(kept.map((it) => it.participantId));
  const keys = identityKeys(party);
  const remembered = party.accountIds.length > 0 ? keys : { ...keys, domains: [] };
  const ids = [...party.contactIds, ...party.accountIds];
  const tombstones = tombstonesOf(remembered, 'erased', digest, at, policy.tombstoneDays);
  const known = digest(tombstones.map((it) => it.digest).join(' ')).slice(0, 20);
  return {
    rewriting: () => rewriteEvents(rules, `erase ${partyId}`),
    event: {
      ...{ key: `erase ${partyId} ${known}`, occurredAt: at, recordedAt: at, kind: 'erase', partyId },
      withdrawn: ending.map((it) => it.id).sort(),
      tombstones,
    },
    opaque: ids.filter((id) => rules.keepsSubject(id) || staying.has(facts.survivorOf(id))).sort(),
    vault: (entries) => restrictPayees(entries, rules.isErased, facts, at, policy.vaultDays),
  };
}
