import { isSharedDomain } from './mail-domains.ts';

/** Second levels under which countries register, such as `co.uk`, `com.br`, `go.jp`. */
const SECOND_LEVELS: ReadonlySet<string> = new Set(
  'ac asn co com edu gob go gouv gov govt gv id ind ltd mil ne net nhs nom or org plc sch'.split(' '),
);

/**
 * The domain that an account registered, from a site, a host or an e-mail address: `https://www.shop.acme.co.uk/x` and
 * `ann@mail.acme.co.uk` are both `acme.co.uk`. An approximation of the Public Suffix List (publicsuffix.org): two labels, three under a
 * country's usual second levels. `null` for text without a domain, and for free mail, site builders, disposable and
 * relay domains, which unconnected people share. A name outside ASCII matches only its own spelling.
 */
export function accountDomain(text: string | null): string | null {
  const host = hostOf(text ?? '');
  if (host === null || isSharedDomain(host)) return null;
  const labels = host.split('.');
  const kept = isCountrySuffix(labels) ? 3 : 2;
  return labels.length < kept ? null : labels.slice(-kept).join('.');
}

/** The host of a site or an e-mail address, lower case, without `www.`; `null` when there is none. */
export function hostOf(text: string): string | null {
  const host = text
    .trim()
    .toLowerCase()
    .normalize('NFC')
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return /^([\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]*\p{L}[\p{L}\p{N}-]*$/u.test(host) ? host : null;
}

function isCountrySuffix(labels: readonly string[]): boolean {
  return labels.at(-1)?.length === 2 && SECOND_LEVELS.has(labels.at(-2) ?? '');
}
