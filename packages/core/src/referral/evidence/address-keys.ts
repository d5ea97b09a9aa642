import { normaliseEmail } from '../normalise-email.ts';

/** An address for comparing: the mailbox, and the host unless anybody can have a mailbox there. */
export interface AddressKeys {
  readonly mailbox: string;
  readonly domain: string | null;
}

/** Hosts where a shared domain says nothing about a shared employer. */
export const FREE_MAIL_HOSTS: ReadonlySet<string> = new Set(
  (
    'aol.com fastmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.com ' +
    'hotmail.co.uk hotmail.fr icloud.com laposte.net libero.it live.com mac.com mail.com mail.ru me.com msn.com naver.com ' +
    'o2.pl orange.fr outlook.com outlook.de pm.me proton.me protonmail.com qq.com t-online.de web.de wp.pl yahoo.com ' +
    'yahoo.co.uk yahoo.de yahoo.fr yandex.ru zoho.com 163.com 126.com'
  ).split(' '),
);

/**
 * The keys of an address; `null` for text that is none. `digest` (an HMAC with the workspace's key) keeps the address
 * itself out of what is stored; the default leaves it readable.
 *
 * @example addressKeys('Ana.Berg+x@Example.com') // { mailbox: 'ana.berg@example.com', domain: 'example.com' }
 */
export function addressKeys(
  email: string | null,
  digest: (text: string) => string = (text) => text,
  freeHosts: ReadonlySet<string> = FREE_MAIL_HOSTS,
): AddressKeys | null {
  const plain = normaliseEmail(email);
  if (plain === null) return null;
  const host = plain.slice(plain.indexOf('@') + 1);
  return { mailbox: digest(plain), domain: freeHosts.has(host) ? null : digest(host) };
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
