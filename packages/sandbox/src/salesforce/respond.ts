import type { FaultKind } from '../faults/faults.ts';
import type { EmulatedResponse } from '../server/emulator.ts';
import type { Org, Reply } from './org.ts';
import { limitInfo } from './rest/limits.ts';

const json = {
  'content-type': 'application/json;charset=UTF-8',
  'cache-control': 'no-cache,must-revalidate,max-age=0,no-store,private',
};

/** Puts a reply on the wire; `counted` adds the limit header, which every REST reply but the version list carries. */
export function toResponse(org: Org, reply: Reply, counted: boolean): EmulatedResponse {
  const isText = typeof reply.body === 'string';
  const body = reply.body === undefined ? '' : isText ? (reply.body as string) : JSON.stringify(reply.body);
  const limit = counted ? { 'sforce-limit-info': limitInfo(org) } : {};
  return {
    status: reply.status,
    headers: { date: new Date(org.clock.now()).toUTCString(), ...json, ...limit, ...reply.headers },
    body,
  };
}

const error = (status: number, errorCode: string, message: string): Reply => ({
  status,
  body: [{ message, errorCode }],
});

/** 401 of a session that is over. */
export const sessionExpired: Reply = error(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

/** 403 when the day's calls are used up; there is no Retry-After. */
export const requestLimitExceeded: Reply = error(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');

const html = (status: number, title: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

const faults: Readonly<Record<FaultKind, Reply>> = {
  'rate-limit-burst': error(
    403,
    'REQUEST_LIMIT_EXCEEDED',
    'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
  ),
  'rate-limit-search': error(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'),
  'rate-limit-daily': requestLimitExceeded,
  'rate-limit-html': html(429, 'Too Many Requests'),
  'server-error-before': error(
    500,
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred. Please include this ErrorId if you contact support: 1-1 (1)',
  ),
  'server-error-after': error(
    500,
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred. Please include this ErrorId if you contact support: 1-2 (2)',
  ),
  'bad-gateway-html': html(502, 'Bad Gateway'),
  'drop-before': error(503, 'SERVER_UNAVAILABLE', 'The server is unavailable'),
  'drop-after': error(503, 'SERVER_UNAVAILABLE', 'The server is unavailable'),
  truncate: { status: 200, body: '{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Acc' },
  hang: error(503, 'SERVER_UNAVAILABLE', 'The server is unavailable'),
  'token-expired': sessionExpired,
  'token-malformed': error(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE'),
  'row-lock': error(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
  locked: error(503, 'SERVER_UNAVAILABLE', 'Service is temporarily unavailable for scheduled maintenance'),
};

/** The vendor's own answer for a fault of the transport. */
export const faultReply = (kind: FaultKind): Reply => faults[kind];
