import { CrmError } from '@holdfast/core';
import type { Connection } from 'jsforce';
import { protocolError } from './errors.ts';
import { isTrustedOrigin, originOf } from './host.ts';
import type { SalesforceOptions } from './options.ts';

/**
 * Opens or renews the session of a connection: by refresh token where there is one, else by client credentials.
 * The instance that the answer names is believed only on a Salesforce domain or as the configured address; a
 * replaced refresh token is kept and handed to the caller (jsforce drops it).
 */
export async function authorise(connection: Connection, options: SalesforceOptions): Promise<void> {
  const answer: unknown = connection.refreshToken
    ? await connection.oauth2.refreshToken(connection.refreshToken)
    : await connection.oauth2.requestToken({ grant_type: 'client_credentials' });
  const token = parseToken(answer);
  if (!isTrustedOrigin(token.instanceUrl, options.instanceUrl ?? options.loginUrl)) {
    throw new CrmError(
      'auth',
      'Salesforce named an instance outside of its own domains: set SALESFORCE_INSTANCE_URL if that address is right.',
    );
  }
  connection.instanceUrl = originOf(token.instanceUrl) ?? token.instanceUrl;
  connection.accessToken = token.accessToken;
  if (token.refreshToken !== null && token.refreshToken !== connection.refreshToken) {
    connection.refreshToken = token.refreshToken;
    options.onRefreshToken?.(token.refreshToken);
  }
}

function parseToken(answer: unknown): {
  readonly accessToken: string;
  readonly instanceUrl: string;
  readonly refreshToken: string | null;
} {
  const {
    access_token: accessToken,
    instance_url: instanceUrl,
    refresh_token: refreshToken,
  } = (answer ?? {}) as Record<string, unknown>;
  if (typeof accessToken !== 'string' || typeof instanceUrl !== 'string')
    throw protocolError('to the login holds no token');
  return { accessToken, instanceUrl, refreshToken: typeof refreshToken === 'string' ? refreshToken : null };
}
