import type { EmulatedRequest } from '../../server/emulator.ts';
import type { Org, OrgUser, Reply } from '../org.ts';
import { openSession } from '../sessions.ts';
import { formOf } from './route.ts';

const refuse = (error: string, description: string): Reply => ({
  status: 400,
  body: { error, error_description: description },
});

/** The address that replies name as the org's instance. */
const instanceUrl = (org: Org, request: EmulatedRequest): string =>
  org.settings.instanceUrl ?? `http://${request.headers.host ?? 'localhost'}`;

function newRefreshToken(org: Org, user: OrgUser): string {
  org.counters.token += 1;
  const token = `sandbox-refresh-${org.counters.token}`;
  org.refreshTokens.set(token, user);
  return token;
}

function granted(org: Org, request: EmulatedRequest, user: OrgUser, refreshToken?: string): Reply {
  const instance = instanceUrl(org, request);
  return {
    status: 200,
    body: {
      access_token: openSession(org, user),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      signature: 'c2FuZGJveA==',
      scope: 'api refresh_token',
      instance_url: instance,
      id: `${instance}/id/${org.id}/${user.id}`,
      token_type: 'Bearer',
      issued_at: String(org.clock.now()),
    },
  };
}

/**
 * The token endpoint: client_credentials, JWT bearer (accepted by shape), refresh_token, authorization_code.
 * A used refresh token stops working when rotation is on; the reply then carries the next one.
 */
export function tokenEndpoint(org: Org, request: EmulatedRequest): Reply {
  const form = formOf(request);
  const [basicId = null, basicSecret = null] = basicAuth(request);
  const clientId = form.get('client_id') ?? basicId;
  const clientSecret = form.get('client_secret') ?? basicSecret;
  const app = org.users.find((user) => user.clientId === clientId);
  switch (form.get('grant_type')) {
    case 'client_credentials':
      if (app === undefined) return refuse('invalid_client_id', 'client identifier invalid');
      if (app.clientSecret !== clientSecret) return refuse('invalid_client', 'invalid client credentials');
      return granted(org, request, app);
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return jwtBearer(org, request, form.get('assertion') ?? '');
    case 'refresh_token':
      return refresh(org, request, form.get('refresh_token') ?? '', clientId, app);
    case 'authorization_code':
      return byCode(org, request, form.get('code') ?? '', app);
    default:
      return refuse('unsupported_grant_type', 'grant type not supported');
  }
}

function basicAuth(request: EmulatedRequest): readonly (string | null)[] {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith('Basic ')) return [null, null];
  const [id, secret] = Buffer.from(header.slice(6), 'base64').toString('utf8').split(':');
  return [id ?? null, secret ?? null];
}

/** Takes the issuer from the assertion; the signature is not checked, since no key was registered. */
function jwtBearer(org: Org, request: EmulatedRequest, assertion: string): Reply {
  const parts = assertion.split('.');
  if (parts.length !== 3) return refuse('invalid_grant', 'invalid assertion');
  try {
    const claims = JSON.parse(Buffer.from(parts[1] as string, 'base64url').toString('utf8')) as {
      iss?: string;
      sub?: string;
      exp?: number;
    };
    const user = org.users.find(
      (candidate) =>
        candidate.clientId === claims.iss && (claims.sub === undefined || candidate.username === claims.sub),
    );
    if (user === undefined) return refuse('invalid_grant', "user hasn't approved this consumer");
    if (claims.exp !== undefined && claims.exp * 1000 < org.clock.now())
      return refuse('invalid_grant', 'expired authorization code');
    return granted(org, request, user);
  } catch {
    return refuse('invalid_grant', 'invalid assertion');
  }
}

function refresh(
  org: Org,
  request: EmulatedRequest,
  token: string,
  clientId: string | null,
  app: OrgUser | undefined,
): Reply {
  if (clientId !== null && app === undefined) return refuse('invalid_client_id', 'client identifier invalid');
  const user = org.refreshTokens.get(token);
  if (user === undefined) return refuse('invalid_grant', 'expired access/refresh token');
  if (org.settings.rotateRefreshTokens === false) return granted(org, request, user);
  org.refreshTokens.delete(token);
  return granted(org, request, user, newRefreshToken(org, user));
}

function byCode(org: Org, request: EmulatedRequest, code: string, app: OrgUser | undefined): Reply {
  if (app === undefined) return refuse('invalid_client_id', 'client identifier invalid');
  const user = org.authorizationCodes.get(code);
  if (user === undefined) return refuse('invalid_grant', 'expired authorization code');
  org.authorizationCodes.delete(code);
  return granted(org, request, user, newRefreshToken(org, user));
}

/** Who a session belongs to. */
export function userInfo(org: Org, request: EmulatedRequest, user: OrgUser): Reply {
  const instance = instanceUrl(org, request);
  return {
    status: 200,
    body: {
      sub: `${instance}/id/${org.id}/${user.id}`,
      user_id: user.id,
      organization_id: org.id,
      preferred_username: user.username,
      nickname: user.username.split('@')[0],
      name: user.name ?? user.username,
      email: user.email ?? user.username,
      email_verified: true,
      zoneinfo: user.timeZone ?? 'America/Los_Angeles',
      locale: 'en_US',
      language: 'en_US',
      active: true,
      user_type: 'STANDARD',
      urls: {
        rest: `${instance}/services/data/v{version}/`,
        sobjects: `${instance}/services/data/v{version}/sobjects/`,
      },
    },
  };
}
