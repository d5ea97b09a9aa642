import { isSharedDomain } from '../fraud/identity/mail-domains.ts';
import { normaliseEmail } from '../normalise-email.ts';

/** An address for comparing: the mailbox, and the host unless anybody can have a mailbox there. */
export interface AddressKeys {
  readonly mailbox: string;
  readonly domain: string | null;
}

/**
 * The keys of an address; `null` for text that is none. `digest` (an HMAC with the workspace's key) keeps the address
 * itself out of what is stored; the default leaves it readable. `isShared`: hosts that say nothing about an employer.
 *
 * @example addressKeys('Ana.Berg+x@Example.com') // { mailbox: 'ana.berg@example.com', domain: 'example.com' }
 */
export function addressKeys(
  email: string | null,
  digest: (text: string) => string = (text) => text,
  isShared: (host: string) => boolean = isSharedDomain,
): AddressKeys | null {
  const plain = normaliseEmail(email);
  if (plain === null) return null;
  const host = plain.slice(plain.indexOf('@') + 1);
  return { mailbox: digest(plain), domain: isShared(host) ? null : digest(host) };
}

/** A person's name for comparing: lower case, without accents, punctuation and order of its parts; `null` for less than two. */
export function nameKey(name: string | null, digest: (text: string) => string = (text) => text): string | null {
  const parts = (name ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((it) => it !== '');
  return parts.length < 2 ? null : digest(parts.sort().join(' '));
}
