import type { SandboxClock } from '../../server/emulator.ts';
import { ApiError } from './api-error.ts';

/** What a bearer token may do. */
export interface TokenGrant {
  /** Scopes such as `crm.objects.companies.read`; `all` for every scope. */
  readonly scopes: readonly string[] | 'all';
  /** Milliseconds since the epoch; a static token has no end. */
  readonly expiresAt?: number;
  /** The app that holds the token: the burst limit is per app. The token itself when left out. */
  readonly app?: string;
  /** Tokens of an OAuth app see no daily limit headers. */
  readonly oauth?: boolean;
}

/** The tokens of a portal; OAuth adds to them. */
export interface Access {
  readonly tokens: Map<string, TokenGrant>;
}

/** Who is calling. Throws the real service's 401s. A malformed token is said to have expired at the epoch. */
export function authenticate(
  access: Access,
  header: string | undefined,
  clock: SandboxClock,
): TokenGrant & { app: string } {
  const bearer = header?.match(/^Bearer (.*)$/i)?.[1]?.trim();
  if (bearer === undefined || bearer === '') {
    throw new ApiError(
      401,
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
      {
        category: 'INVALID_AUTHENTICATION',
      },
    );
  }
  const grant = access.tokens.get(bearer);
  if (grant === undefined) throw wellFormed(bearer) ? unknownToken() : expired(0, clock.now());
  if (grant.expiresAt !== undefined && grant.expiresAt <= clock.now()) throw expired(grant.expiresAt, clock.now());
  return { ...grant, app: grant.app ?? bearer };
}

/** Throws the 403 that names the scopes that a token lacks. One of `needed` is enough. */
export function requireScopes(grant: TokenGrant, needed: readonly string[]): void {
  if (grant.scopes === 'all' || needed.length === 0 || needed.some((scope) => grant.scopes.includes(scope))) return;
  throw new ApiError(
    403,
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    {
      category: 'MISSING_SCOPES',
      errors: [
        { message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: needed } },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    },
  );
}

/** The 401 for a token that has run out; `at` zero is how a token that cannot be parsed looks. */
export function expired(at: number, now: number): ApiError {
  const days = Math.floor((now - at) / 86_400_000);
  return new ApiError(401, `The OAuth token used to make this call expired ${days} day(s) ago.`, {
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': [new Date(at).toISOString().replace('.000Z', 'Z')] },
  });
}

function unknownToken(): ApiError {
  return new ApiError(
    401,
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    {
      category: 'INVALID_AUTHENTICATION',
    },
  );
}

/** Letters, digits, points, dashes and underscores, at least eight: anything else cannot be a token. */
function wellFormed(token: string): boolean {
  return /^[\w.-]{8,}$/.test(token);
}
