import { ApiError } from '../http/api-error.ts';
import { type Call, ok, type Reply } from '../http/call.ts';
import type { Route } from '../http/route.ts';

/** An access token lasts half an hour. */
const lifetimeSeconds = 1800;

/** The token endpoint. Bodies are form-encoded. */
export const oauthRoutes: readonly Route[] = [
  {
    method: 'POST',
    dated: '/oauth/{V}/token',
    classic: ['/oauth/v1/token', '/oauth/v3/token'],
    scopes: [],
    open: true,
    handle: token,
  },
  {
    method: 'POST',
    dated: '/oauth/{V}/token/introspect',
    classic: ['/oauth/v3/token/introspect'],
    scopes: [],
    open: true,
    handle: introspect,
  },
];

/** Exchanges a refresh token or a code. Older access tokens go on until they run out. */
function token(call: Call): Reply {
  const form = new URLSearchParams(call.body);
  const app = call.rules.oauth;
  if (app === undefined || form.get('client_id') !== app.clientId)
    throw refused('BAD_CLIENT_ID', 'missing or unknown client id');
  if (form.get('client_secret') !== app.clientSecret)
    throw refused('BAD_CLIENT_SECRET', 'client secret does not match');
  if (form.get('grant_type') === 'refresh_token') {
    if (form.get('refresh_token') !== app.refreshToken)
      throw refused('BAD_REFRESH_TOKEN', 'missing or invalid refresh token');
  } else if (form.get('grant_type') === 'authorization_code') {
    spendCode(call, form.get('code') ?? '', app.codes ?? []);
  } else {
    throw refused('BAD_GRANT_TYPE', 'missing or unknown grant type');
  }
  const access = `access-${call.portal.portalId}-${call.rules.tokens.size}-${call.at}`;
  call.rules.tokens.set(access, {
    scopes: app.scopes,
    expiresAt: call.at + lifetimeSeconds * 1000,
    app: app.clientId,
    oauth: true,
  });
  return ok({
    token_type: 'bearer',
    refresh_token: app.refreshToken,
    access_token: access,
    expires_in: lifetimeSeconds,
  });
}

function spendCode(call: Call, code: string, codes: readonly string[]): void {
  if (!codes.includes(code) || call.rules.usedCodes.has(code))
    throw refused('BAD_AUTH_CODE', 'missing or unknown auth code');
  call.rules.usedCodes.add(code);
}

function refused(status: string, message: string): ApiError {
  return new ApiError(400, message, { category: status, context: { error: ['invalid_grant'] } });
}

function introspect(call: Call): Reply {
  const given = new URLSearchParams(call.body).get('token') ?? '';
  const grant = call.rules.tokens.get(given);
  if (grant === undefined) throw new ApiError(404, 'token not found', { category: 'OBJECT_NOT_FOUND' });
  const seconds = Math.floor(((grant.expiresAt ?? call.at) - call.at) / 1000);
  return ok({
    active: grant.expiresAt === undefined || seconds > 0,
    hub_id: call.portal.portalId,
    scopes: grant.scopes === 'all' ? [] : grant.scopes,
    expires_in: seconds,
    token_type: 'access',
  });
}
