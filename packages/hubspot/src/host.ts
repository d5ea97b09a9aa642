import { CrmError } from '@holdfast/core';

/**
 * The base address to call, without a trailing slash. Only `https` to HubSpot's own hosts or to the one configured;
 * plain `http` only to this machine or to a host name that nobody resolves (the sandbox in process).
 * Throws `CrmError('invalid')` with the next step.
 */
export function baseAddress(baseUrl: string): string {
  const url = parsed(baseUrl);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal(url.hostname))) {
    throw new CrmError('invalid', 'The HubSpot base address must begin with https: set HUBSPOT_BASE_URL accordingly.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    throw new CrmError(
      'invalid',
      'The HubSpot base address must hold no user, password or query: set only the origin.',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Whether a request may go to this address: HubSpot's API hosts, or the very origin that is configured. */
export function isAllowed(address: string, base: string): boolean {
  const url = new URL(address);
  if (url.origin === new URL(base).origin) return true;
  return url.protocol === 'https:' && /(^|\.)hubapi\.com$/.test(url.hostname);
}

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new CrmError('invalid', 'The HubSpot base address is not an address: set HUBSPOT_BASE_URL or leave it out.', {
      cause,
    });
  }
}

function isLocal(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) || hostname.endsWith('.invalid');
}
