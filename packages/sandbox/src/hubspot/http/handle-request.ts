import type { EmulatedRequest, EmulatedResponse } from '../../server/emulator.ts';
import { type Portal, tableNamed } from '../state/portal.ts';
import { type Access, authenticate, requireScopes, type TokenGrant } from './access.ts';
import { ApiError } from './api-error.ts';
import type { Call, CallRules, Reply } from './call.ts';
import { htmlPage, limitReply } from './fault-answers.ts';
import type { Limiter } from './limiter.ts';
import { type CompiledRoute, type Match, matchRoute } from './route.ts';

/** What answering needs besides the request. */
export interface Context {
  readonly portal: Portal;
  readonly compiled: Map<string, CompiledRoute[]>;
  readonly limiter: Limiter;
  readonly access: Access;
  readonly rules: CallRules;
  answered: number;
}

const longestUrl = 16_000;

/** Answers one request: who calls, how often, what for; then the route's own handler. */
export function handleRequest(context: Context, request: EmulatedRequest): EmulatedResponse {
  context.answered += 1;
  context.portal.request = context.answered;
  const correlationId = correlationOf(context.portal.seed, context.answered);
  // the account's own clock: without it Node would name the machine's day, and a client learns the CRM's clock from here
  const date = new Date(context.portal.clock.now()).toUTCString();
  const headers: Record<string, string> = { Date: date, 'X-HubSpot-Correlation-Id': correlationId };
  try {
    return respond(route(context, request, correlationId, headers), headers);
  } catch (error) {
    if (error instanceof ApiError) return respond(refusal(error, correlationId), headers);
    throw error;
  } finally {
    context.portal.request = 0;
    context.portal.hidesMails = false;
  }
}

function route(
  context: Context,
  request: EmulatedRequest,
  correlationId: string,
  headers: Record<string, string>,
): Reply {
  const { portal, limiter } = context;
  if (request.path.length + request.query.toString().length > longestUrl) return htmlPage(414, 'Request-URI Too Long');
  const match = matchRoute(context.compiled, request.method, request.path);
  if (match === undefined) return htmlPage(404, 'Not Found');
  const { route } = match;
  const now = portal.clock.now();
  const call = callOf(context, request, match, now);
  count(portal, match, route.dated);
  if (!route.open) {
    const grant = authenticate(context.access, request.headers['authorization'], portal.clock);
    const reached = limiter.take(grant.app, route.search === true, now);
    if (route.search !== true) Object.assign(headers, limiter.headers(grant.app, grant.oauth === true, now));
    if (reached !== undefined) return limitReply(reached, correlationId);
    refuseWithoutScope(portal, match, grant);
    portal.hidesMails = grant.scopes !== 'all' && !grant.scopes.includes('sales-email-read');
  }
  return route.handle(call);
}

function callOf(context: Context, request: EmulatedRequest, match: Match, at: number): Call {
  const { portal, rules } = context;
  const { version, params } = match;
  const { query, body, headers, path } = request;
  const origin = `http://${request.headers['host'] ?? 'api.hubapi.com'}`;
  return { portal, version, params, query, body, headers, origin, path, at, rules };
}

function refuseWithoutScope(portal: Portal, match: Match, grant: TokenGrant): void {
  const named = match.params['objectType'] ?? match.params['fromObjectType'] ?? '';
  const object = tableNamed(portal, named)?.type.scope ?? named;
  requireScopes(
    grant,
    match.route.scopes.map((scope) => scopeName(scope, object)),
  );
}

/** Tickets have one old scope for everything; custom objects share theirs. */
function scopeName(scope: string, object: string): string {
  if (object === 'tickets' && scope.includes('{object}')) return 'tickets';
  return scope.replace('{object}', object.startsWith('2-') ? 'custom' : object);
}

function count(portal: Portal, match: Match, template: string): void {
  const named = tableNamed(portal, match.params['objectType'] ?? '')?.type.name;
  const path = named === undefined ? template : template.replace('{objectType}', named);
  const key = `${match.route.method} ${path}`;
  portal.calls.set(key, (portal.calls.get(key) ?? 0) + 1);
}

function refusal(error: ApiError, correlationId: string): Reply {
  const { category, subCategory, errors, context, links } = error.parts;
  return {
    status: error.status,
    body: {
      status: 'error',
      message: error.message,
      correlationId,
      ...(category === undefined ? {} : { category }),
      ...(subCategory === undefined ? {} : { subCategory }),
      ...(errors === undefined ? {} : { errors }),
      ...(context === undefined ? {} : { context }),
      ...(links === undefined ? {} : { links }),
    },
  };
}

/** A reply as it goes out. */
export function respond(reply: Reply, headers: Readonly<Record<string, string>>): EmulatedResponse {
  if (reply.body === undefined) return { status: reply.status, headers: { ...headers, ...reply.headers }, body: '' };
  const json = { 'Content-Type': 'application/json;charset=utf-8' };
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  return { status: reply.status, headers: { ...json, ...headers, ...reply.headers }, body };
}

function correlationOf(seed: number, number: number): string {
  const part = (value: number, width: number) => (value >>> 0).toString(16).padStart(8, '0').slice(-width);
  const mixed = Math.imul(number, 0x9e3779b1) ^ seed;
  return `${part(mixed, 8)}-${part(number, 4)}-4${part(mixed >>> 7, 3)}-a${part(seed, 3)}-${part(mixed, 4)}${part(number, 8)}`;
}
