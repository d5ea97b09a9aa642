import type { EmulatedRequest, EmulatedResponse } from '../server/emulator.ts';
import { metadataRest } from './metadata/metadata-rest.ts';
import type { Call, Org, Reply, Session } from './org.ts';
import { requestLimitExceeded, sessionExpired, toResponse } from './respond.ts';
import { countCall } from './rest/limits.ts';
import { tokenEndpoint, userInfo } from './rest/oauth.ts';
import { segmentsOf } from './rest/route.ts';
import { dispatch } from './rest/router.ts';
import { versions } from './rest/versions.ts';
import { sessionOf } from './sessions.ts';
import { soap } from './soap/soap.ts';

/** Answers one request. What the emulator itself did not foresee in the input comes back as the platform's UNKNOWN_EXCEPTION. */
export function handleRequest(org: Org, request: EmulatedRequest): EmulatedResponse {
  try {
    return answer(org, request);
  } catch (error) {
    const message = `An unexpected error occurred: ${error instanceof Error ? error.message : String(error)}`;
    return toResponse(org, { status: 500, body: [{ message, errorCode: 'UNKNOWN_EXCEPTION' }] }, true);
  }
}

/** Finds the endpoint family and the session, and counts the call. */
function answer(org: Org, request: EmulatedRequest): EmulatedResponse {
  org.counters.request += 1;
  const path = request.path.replace(/\/+$/, '') || '/';
  const count = (template: string): void => countTemplate(org, request.method, template);
  if (path === '/services/oauth2/token') {
    count(path);
    return toResponse(org, tokenEndpoint(org, request), false);
  }
  if (path === '/services/data') {
    count(path);
    return toResponse(org, versions(org), false);
  }
  if (path.startsWith('/services/Soap/')) {
    count(path.replace(/\/\d+\.\d+.*$/, '/{version}'));
    return soap(org, request);
  }
  return withSession(org, request, path, count);
}

function countTemplate(org: Org, method: string, template: string): void {
  const key = `${method} ${template}`;
  org.calls.set(key, (org.calls.get(key) ?? 0) + 1);
}

function withSession(
  org: Org,
  request: EmulatedRequest,
  path: string,
  count: (template: string) => void,
): EmulatedResponse {
  const session = sessionOf(org, request.headers.authorization ?? '');
  if (session === undefined) {
    count(path.startsWith('/services/data/') ? '/services/data/{version}' : path);
    return toResponse(org, sessionExpired, false);
  }
  if (path === '/services/oauth2/userinfo' || path === `/id/${org.id}/${session.user.id}`) {
    count(path);
    return toResponse(org, userInfo(org, request, session.user), false);
  }
  const version = /^\/services\/data\/v([0-9.]+)(?=\/|$)/.exec(path);
  const missing: Reply = {
    status: 404,
    body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
  };
  if (version === null || !isServed(org, Number(version[1]))) {
    count(path);
    return toResponse(org, missing, true);
  }
  if (session.user.apiEnabled === false) {
    return toResponse(
      org,
      {
        status: 403,
        body: [{ message: 'The REST API is not enabled for this Organization.', errorCode: 'API_DISABLED_FOR_ORG' }],
      },
      true,
    );
  }
  if (!countCall(org)) return toResponse(org, requestLimitExceeded, true);
  return toResponse(org, restReply(org, request, path, session, version[1] as string, count), true);
}

/** v31 to the newest. */
const isServed = (org: Org, version: number): boolean => version >= 31 && version <= org.apiVersion;

function restReply(
  org: Org,
  request: EmulatedRequest,
  path: string,
  session: Session,
  version: string,
  count: (template: string) => void,
): Reply {
  const base = `/services/data/v${version}`;
  const rest = path.slice(base.length);
  const call: Call = {
    org,
    user: session.user,
    version,
    versionNumber: Number(version),
    base,
    headers: request.headers,
    number: org.counters.request,
  };
  if (rest.startsWith('/metadata/')) {
    count(`/services/data/{version}${rest.replace(/\/0Af[0-9A-Za-z]+.*/, '/{id}')}`);
    return metadataRest(call, request, rest);
  }
  const json = parseJson(request.body);
  if (json === invalid)
    return {
      status: 400,
      body: [{ message: 'Unexpected character at [line:1, column:1]', errorCode: 'JSON_PARSER_ERROR' }],
    };
  const inner = {
    method: request.method,
    path: rest,
    segments: segmentsOf(rest),
    query: request.query,
    json,
    raw: request.body,
  };
  return dispatch(call, inner, (template) => count(`/services/data/{version}${template}`));
}

const invalid = Symbol('invalid');

function parseJson(body: string): unknown {
  if (body.trim() === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return invalid;
  }
}
