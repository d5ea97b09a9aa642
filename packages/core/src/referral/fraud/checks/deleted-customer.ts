import { findTombstone } from '../../privacy/tombstone.ts';
import { APPEAL, fraudCheck } from '../fraud-check.ts';

/**
 * The party was erased or deleted (refused as ineligible), or stands on a list of customers kept as digests (told: an
 * existing relation is influenced at most, rule 2). The referrer's text is that of other refusals (rule 11).
 */
export const deletedCustomer = fraudCheck({
  id: 'deleted_customer',
  title: 'Existing or deleted customer',
  inputs: ['asOf', 'referred', 'tombstones', 'digest'],
  from: 'contacts: e-mail; accounts: domain; digests that erasures left in the journal',
  about: 'claim',
  action: 'block',
  severity: 'high',
  reason: 'ineligible',
  explanation: 'A record of this party was deleted, or the party asked to be erased; a digest is all that is kept.',
  appeal: APPEAL,
  ifWrong: 'Where the party itself asks to be contacted again, enter it as an own request, not as a referral.',
  expiresAfterDays: 365,
  find({ asOf, referred, tombstones, digest }) {
    const found = tombstones && findTombstone(referred, tombstones, digest, asOf);
    if (!found) return null;
    const evidence = { matched: found.kind, hash: found.digest };
    if (found.why !== 'customer') return { evidence };
    const explanation = 'The party is on the list of customers: influenced at most.';
    return { evidence, action: 'flag', severity: 'low', reason: 'existing_relation', explanation };
  },
});
