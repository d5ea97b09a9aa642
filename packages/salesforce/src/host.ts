/** Domains whose hosts Salesforce itself answers on (help.salesforce.com, "Required domains"). */
const SALESFORCE_DOMAINS = ['.salesforce.com', '.force.com'];
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a token may be sent to this address: https on a Salesforce domain, or the very origin that the user
 * configured. An `instance_url` in a token answer is held against this before it is believed.
 */
export function isTrustedOrigin(address: string, configured: string | undefined): boolean {
  const url = parseUrl(address);
  if (!url) return false;
  if (configured !== undefined && parseUrl(configured)?.origin === url.origin) return true;
  return url.protocol === 'https:' && SALESFORCE_DOMAINS.some((domain) => url.hostname.endsWith(domain));
}

/** Whether an address that a user configures can be used at all: https, or plain http on this machine alone. */
export function isUsableAddress(address: string): boolean {
  const url = parseUrl(address);
  if (!url || url.username || url.password) return false;
  if (url.protocol === 'https:') return true;
  // `.invalid` resolves nowhere (RFC 6761): it names an in-process server, reached only through a given `connector`
  return url.protocol === 'http:' && (LOOPBACK.has(url.hostname) || url.hostname.endsWith('.invalid'));
}

/** The address without path, query and trailing slash; `null` when it is not one. */
export function originOf(address: string): string | null {
  return parseUrl(address)?.origin ?? null;
}

function parseUrl(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
