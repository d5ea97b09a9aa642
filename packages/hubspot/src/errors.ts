import { CrmError, type CrmErrorOptions, type Instant, parseInstant } from '@holdfast/core';
import { asArray, asObject, parseJson } from './json.ts';

/** An answer as it came over the wire; header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What the call was, as far as its failure depends on it. */
export interface CallKind {
  /** It may have changed something, so a lost answer leaves the outcome unknown. */
  readonly writes: boolean;
  /** It carries several records, so a refusal of all may be the fault of one. */
  readonly batch: boolean;
}

interface ErrorBody {
  readonly isJson: boolean;
  readonly category: string;
  readonly message: string;
  readonly policy: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Whether the answer means success; 207 counts, its body tells which items failed. */
export function succeeded(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/**
 * The error for an answer that is not a success. HubSpot says to treat every field of an error body as optional, and
 * some errors are HTML: the status decides first. The message repeats nothing of the body but scope and property names.
 */
export function errorOf(answer: Answer, kind: CallKind): CrmError {
  const body = errorBody(answer);
  const { status } = answer;
  if (status === 401) return unauthorised(body);
  if (status === 403) return forbidden(body);
  if (status === 429 || body.category === 'RATE_LIMITS') return limited(answer, body);
  if (status === 404) return notFound(body, kind);
  if (status === 409) {
    return new CrmError('conflict', `HubSpot holds something under that name or key already${saying(body)}.`, {
      splittable: kind.batch,
    });
  }
  if (status === 423) return unavailable('HubSpot has locked the record for a moment', 2_000, {});
  if (status === 477) {
    return unavailable('HubSpot is moving this portal to another place', retryAfterMs(answer) ?? 60_000, {});
  }
  if (status >= 500) {
    return unavailable(`HubSpot answered with status ${status}`, retryAfterMs(answer), { outcomeUnknown: kind.writes });
  }
  if (status >= 300 && status < 400) {
    return new CrmError(
      'protocol',
      'HubSpot answered with a redirect, which is never followed: check the base address.',
    );
  }
  if (status === 414 || status === 413) {
    return new CrmError('invalid', 'The request is too long for HubSpot: ask for fewer records or fields at once.', {
      splittable: kind.batch,
    });
  }
  return invalid(answer, body, kind);
}

/** The access token ran out; a refresh mends it. A malformed token says the same, but since 1970 (T45). */
export function isExpiredToken(answer: Answer): boolean {
  return answer.status === 401 && !isMalformedToken(errorBody(answer));
}

/** The error for a connection that ended before a whole answer came. */
export function connectionError(cause: unknown, kind: CallKind): CrmError {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
  const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code);
  const message = neverSent
    ? 'HubSpot cannot be reached: check the network, a proxy, and the base address.'
    : 'The connection to HubSpot broke before the answer was complete: try again.';
  return new CrmError('unavailable', message, { retryable: true, outcomeUnknown: kind.writes && !neverSent, cause });
}

/** The JSON body of a successful answer; an empty one for 204. Throws `protocol` when it is cut off or not JSON. */
export function bodyOf(answer: Answer, kind: CallKind): Readonly<Record<string, unknown>> {
  if (answer.status === 204 || answer.text === '') return {};
  try {
    return asObject(parseJson(answer.text));
  } catch {
    throw new CrmError('protocol', 'HubSpot answered with something other than whole JSON: try again.', {
      retryable: true,
      outcomeUnknown: kind.writes,
    });
  }
}

/** The CRM's own clock when it answered, from the `Date` header. */
export function servedAt(answer: Answer): Instant | null {
  const at = Date.parse(answer.headers['date'] ?? '');
  return Number.isNaN(at) ? null : at;
}

/** The error of one item of a batch, from the body's `errors` (never from the status). */
export function itemError(raw: unknown): CrmError {
  const item = asObject(raw);
  const category = String(item['category'] ?? '');
  const properties = propertyNames(item);
  const where = properties.length > 0 ? ` (${properties.join(', ')})` : '';
  if (category === 'OBJECT_NOT_FOUND') {
    return new CrmError('not-found', 'The record is no longer in HubSpot: pull again, then plan anew.');
  }
  if (category === 'CONFLICT' || category === 'OBJECT_ALREADY_EXISTS') {
    return new CrmError(
      'conflict',
      `HubSpot holds another record under that value${where}: mend it there, then retry.`,
    );
  }
  if (category === 'MISSING_SCOPES') return forbidden({ ...emptyBody, category, body: item });
  if (category === 'RATE_LIMITS') return new CrmError('rate-limit', RATE_MESSAGE, { retryable: true });
  return new CrmError(
    'invalid',
    `HubSpot refused the values of this record${where}: mend what it asks for, then retry.`,
  );
}

const RATE_MESSAGE = "HubSpot's limit of calls is reached for the moment: wait and go on.";
const emptyBody: ErrorBody = { isJson: true, category: '', message: '', policy: '', body: {} };

function errorBody(answer: Answer): ErrorBody {
  let parsed: unknown;
  try {
    parsed = parseJson(answer.text);
  } catch {
    return { ...emptyBody, isJson: false };
  }
  const body = asObject(parsed);
  const word = (key: string) => (typeof body[key] === 'string' ? (body[key] as string) : '');
  return { isJson: true, category: word('category'), message: word('message'), policy: word('policyName'), body };
}

function isMalformedToken(body: ErrorBody): boolean {
  const times = contextsOf(body.body).flatMap((context) => asArray(context['expire time']));
  return times.some((time) => parseInstant(String(time)) === 0);
}

function unauthorised(body: ErrorBody): CrmError {
  if (isMalformedToken(body)) {
    return new CrmError('auth', 'The HubSpot token is not one (cut off, or quoted?): copy it anew into HUBSPOT_TOKEN.');
  }
  const expired = body.category === 'EXPIRED_AUTHENTICATION';
  return new CrmError(
    'auth',
    expired
      ? 'The HubSpot token has expired: make a new one, or give the OAuth client and refresh token.'
      : 'HubSpot does not accept the token: check HUBSPOT_TOKEN, and that the app or key still exists.',
  );
}

function forbidden(body: ErrorBody): CrmError {
  const scopes = contextsOf(body.body)
    .flatMap((context) => [...asArray(context['requiredGranularScopes']), ...asArray(context['requiredScopes'])])
    .map(String)
    .filter((scope) => /^[\w.-]+$/.test(scope));
  const named = scopes.length > 0 ? `: add ${[...new Set(scopes)].join(', ')} to the app or key` : '';
  return new CrmError('permission', `The HubSpot token lacks a permission for this${named}.`);
}

function notFound(body: ErrorBody, kind: CallKind): CrmError {
  const message = body.isJson
    ? 'HubSpot does not know that record or object: it may be gone, or not part of this portal.'
    : 'HubSpot does not know that address: check the base address and the API version.';
  return new CrmError('not-found', message, { splittable: kind.batch && body.isJson });
}

function limited(answer: Answer, body: ErrorBody): CrmError {
  if (body.policy === 'DAILY' || /daily/i.test(body.message)) {
    return new CrmError('rate-limit', "The portal's calls for today are used up: go on after its midnight.", {
      exhausted: true,
    });
  }
  const secondly = body.policy === 'SECONDLY' || /secondly limit/i.test(body.message);
  const burst = body.policy.startsWith('TEN_SECONDLY') || /ten_secondly/i.test(body.message);
  const waitMs = retryAfterMs(answer) ?? (secondly && !burst ? 1_000 : 10_000);
  return new CrmError('rate-limit', RATE_MESSAGE, { retryable: true, retryAfterMs: waitMs });
}

function unavailable(what: string, waitMs: number | null, more: CrmErrorOptions): CrmError {
  return new CrmError('unavailable', `${what}: try again in a while.`, {
    retryable: true,
    ...(waitMs === null ? {} : { retryAfterMs: waitMs }),
    ...more,
  });
}

function invalid(answer: Answer, body: ErrorBody, kind: CallKind): CrmError {
  return new CrmError('invalid', `HubSpot refused the request with status ${answer.status}${saying(body)}.`, {
    splittable: kind.batch,
  });
}

/** Names and codes only: HubSpot's own sentences repeat the values that were sent. */
function saying(body: ErrorBody): string {
  const parts = [body.category, ...propertyNames(body.body)].filter((part) => /^[\w.-]+$/.test(part));
  return parts.length > 0 ? ` (${[...new Set(parts)].join(', ')})` : '';
}

function propertyNames(body: Readonly<Record<string, unknown>>): readonly string[] {
  const names = contextsOf(body).flatMap((context) => asArray(context['propertyName']));
  const codes = asArray(body['errors']).map((error) => String(asObject(error)['code'] ?? ''));
  return [...names.map(String), ...codes].filter((name) => /^[\w.-]+$/.test(name));
}

function contextsOf(body: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  const inner = asArray(body['errors']).map((error) => asObject(asObject(error)['context']));
  return [asObject(body['context']), ...inner];
}

function retryAfterMs(answer: Answer): number | null {
  const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}
