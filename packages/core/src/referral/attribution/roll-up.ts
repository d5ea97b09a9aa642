import type { Id } from '../../model/ids.ts';

/** A referred party as far as it is known. */
export interface ReferredParty {
  readonly contactId: Id | null;
  readonly accountId: Id | null;
  /** The domain of the person's mailbox where it tells an account; `null` for free mail and other shared domains. */
  readonly accountDomain: string | null;
}

/**
 * The party that a claim is on: the account, so that a second contact of one account cannot be sold twice; else the
 * account that the mailbox's domain belongs to (free mail belongs to nobody); else the contact. `null`: nothing is known.
 */
export function rollUp(party: ReferredParty, accountOfDomain: (domain: string) => Id | undefined): Id | null {
  if (party.accountId !== null) return party.accountId;
  const byDomain = party.accountDomain === null ? undefined : accountOfDomain(party.accountDomain);
  return byDomain ?? party.contactId;
}
