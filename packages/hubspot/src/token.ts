import { CrmError } from '@holdfast/core';

/** Where the bearer token comes from. */
export interface TokenSource {
  /** The token to use now. */
  current(): Promise<string>;
  /** Whether an expired token can be replaced. */
  readonly renewable: boolean;
  /** Replaces the given token, once however many calls ask (single flight), unless it has been replaced already. */
  renew(stale: string): Promise<string>;
}

/** A service key, or the token of an app with static authentication: it never changes. */
export function staticToken(token: string): TokenSource {
  return { renewable: false, current: async () => token, renew: async () => token };
}

/** A token that lives for 30 minutes and is fetched with the refresh token; `fetchToken` is the one call to the token endpoint. */
export function refreshedToken(fetchToken: () => Promise<string>): TokenSource {
  let token: string | null = null;
  let underWay: Promise<string> | null = null;
  const fetchOnce = () => {
    underWay ??= fetchToken()
      .then((fresh) => {
        token = fresh;
        return fresh;
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
  return {
    renewable: true,
    current: async () => token ?? (await fetchOnce()),
    renew: async (stale) => (token !== null && token !== stale ? token : await fetchOnce()),
  };
}

/** The access token in an answer of the token endpoint; throws `auth` when there is none. */
export function accessToken(body: Readonly<Record<string, unknown>>): string {
  const token = body['access_token'];
  if (typeof token !== 'string' || token === '') {
    throw new CrmError('auth', 'HubSpot gave no access token: check the OAuth client and refresh token.');
  }
  return token;
}
