import type { Id } from '../../../model/ids.ts';
import { normaliseEmail } from '../../normalise-email.ts';
import { accountDomain } from './account-domain.ts';
import { foldName } from './name-similarity.ts';
import { normalisePhone } from './normalise-phone.ts';

/** Who a party is, as the CRM has it: one person, or an account with the people named in the claim. Empty lists: not known. */
export interface PartyIdentity {
  readonly contactIds: readonly Id[];
  readonly accountIds: readonly Id[];
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Sites or domains of the accounts. */
  readonly websites: readonly string[];
  /** Calling code of the country where national numbers are meant, `'49'`; `null`: not known. */
  readonly callingCode: string | null;
}

export const UNKNOWN_PARTY: PartyIdentity = {
  contactIds: [],
  accountIds: [],
  names: [],
  emails: [],
  phones: [],
  websites: [],
  callingCode: null,
};

/** A party in the forms that are compared. Holds personal data: never stored, never written. */
export interface IdentityKeys {
  readonly contactIds: readonly Id[];
  readonly accountIds: readonly Id[];
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** Domains registered by the accounts, from sites and addresses; none that strangers share. */
  readonly domains: readonly string[];
}

/** Brings a party into the forms that are compared; what cannot be read is left out. */
export function identityKeys(party: PartyIdentity): IdentityKeys {
  const { contactIds, accountIds, names, emails, phones, websites, callingCode } = party;
  return {
    contactIds,
    accountIds,
    names: known(names, foldName),
    emails: known(emails, normaliseEmail),
    phones: known(phones, (it) => normalisePhone(it, callingCode)),
    domains: known([...websites, ...emails], accountDomain),
  };
}

/** The first value that two lists share; `null` when they share none. */
export function shared(a: readonly string[], b: readonly string[]): string | null {
  return a.find((it) => b.includes(it)) ?? null;
}

function known(texts: readonly string[], read: (text: string) => string | null): readonly string[] {
  return [...new Set(texts.map(read).filter((it) => it !== null && it !== ''))] as readonly string[];
}
