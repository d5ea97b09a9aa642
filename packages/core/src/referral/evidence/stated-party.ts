import type { MailParties, Party } from '../../model/types.ts';
import { type AddressKeys, addressKeys, nameKey } from './address-keys.ts';

/** A participant as a CRM states it: a raw address and name, or a record. */
export interface StatedParty {
  readonly role: Party['role'];
  readonly email?: string | null;
  readonly name?: string | null;
  readonly contactId?: Party['contactId'];
  readonly own?: boolean;
}

/** What is kept of a participant: the address and name as they are compared; `null` where they say nobody. */
export function statedParty({ role, email, name, contactId, own }: StatedParty): Party | null {
  const address = addressKeys(email ?? null);
  const party = { role, contactId: contactId ?? null, address, name: nameKey(name ?? null), own: own ?? false };
  return party.address === null && party.contactId === null && party.name === null && !party.own ? null : party;
}

/** An address as a digest of its mailbox and of its host. */
export function hiddenAddress({ mailbox, domain }: AddressKeys, digest: (text: string) => string): AddressKeys {
  return { mailbox: digest(mailbox), domain: domain === null ? null : digest(domain) };
}

/** The same mail with its addresses, names and thread as digests: in this form it may be stored. */
export function withoutClearText(mail: MailParties, digest: (text: string) => string): MailParties {
  const orNull = (text: string | null) => (text === null ? null : digest(text));
  const parties = mail.parties?.map((it) => ({
    ...it,
    address: it.address && hiddenAddress(it.address, digest),
    name: orNull(it.name),
  }));
  return { ...mail, thread: orNull(mail.thread), parties: parties ?? null };
}
