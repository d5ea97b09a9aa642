import { CrmError, type CrmErrorCode, type CrmErrorOptions } from '@holdfast/core';

/** One error as Salesforce tells it: endpoints say `errorCode`, the items of a collection `statusCode`. */
export interface VendorError {
  readonly errorCode?: string;
  readonly statusCode?: string;
  readonly message?: string;
  readonly fields?: readonly string[];
  readonly duplicateResult?: unknown;
}

interface Meaning extends CrmErrorOptions {
  readonly code: CrmErrorCode;
  readonly say: string;
  /** The admin wrote this message for people: it is shown. Other messages may repeat values and are not. */
  readonly adminsWords?: true;
}

const noAccess = (say: string): Meaning => ({ code: 'permission', say });
const invalid = (say: string): Meaning => ({ code: 'invalid', say });

/** Status codes of the SOAP and REST API Developer Guides, with what to do about each. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  INVALID_SESSION_ID: { code: 'auth', say: 'the session is not valid: check the credentials, or connect again' },
  INVALID_AUTH_HEADER: { code: 'auth', say: 'the access token is malformed: set it again' },
  INVALID_LOGIN: { code: 'auth', say: 'the login was refused: check the credentials' },
  REQUEST_LIMIT_EXCEEDED: {
    code: 'rate-limit',
    exhausted: true,
    say: 'the daily number of API calls is used up: go on tomorrow, or ask an admin for more',
  },
  API_DISABLED_FOR_ORG: noAccess('this edition or user has no API access: enable "API Enabled" in a permission set'),
  API_CURRENTLY_DISABLED: noAccess('the API is switched off for this user: enable "API Enabled" in a permission set'),
  INSUFFICIENT_ACCESS: noAccess('the user may not do this: give it the permission set that `install` prints'),
  INSUFFICIENT_ACCESS_OR_READONLY: noAccess(
    'the user may not edit this record: give it Edit on the object and access to the record',
  ),
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: noAccess(
    'the user may not use the linked record: give it access to that record',
  ),
  INVALID_FIELD: noAccess('a field does not exist or may not be read: give the user access to it, or run `check`'),
  INVALID_FIELD_FOR_INSERT_UPDATE: noAccess(
    'a field may not be written: give the user Edit access to it, or run `check`',
  ),
  INVALID_TYPE: noAccess('the object does not exist or may not be read: give the user Read on it, or run `check`'),
  FUNCTIONALITY_NOT_ENABLED: noAccess('the org does not have this feature'),
  CANNOT_DISABLE_LAST_ADMIN: noAccess('the org does not allow this'),
  NOT_FOUND: { code: 'not-found', say: 'it does not exist: read the records again' },
  ENTITY_IS_DELETED: { code: 'not-found', say: 'the record was deleted or merged: read it again' },
  INVALID_CROSS_REFERENCE_KEY: { code: 'not-found', say: 'a record or linked record does not exist: read it again' },
  MALFORMED_ID: invalid('an id is malformed: read the records again'),
  UNABLE_TO_LOCK_ROW: {
    code: 'conflict',
    retryable: true,
    say: 'the record is locked by another change: try again in a moment',
  },
  DUPLICATES_DETECTED: {
    code: 'conflict',
    say: 'a duplicate rule of the org refused it: merge the duplicates or relax the rule',
  },
  DUPLICATE_VALUE: { code: 'conflict', say: 'another record holds this unique value: look for a duplicate' },
  DUPLICATE_EXTERNAL_ID: { code: 'conflict', say: 'two records hold the same key: delete one of them' },
  MULTIPLE_CHOICES: { code: 'conflict', say: 'two records hold the same key: delete one of them' },
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    code: 'invalid',
    say: 'a validation rule of the org refused it',
    adminsWords: true,
  },
  CANNOT_EXECUTE_FLOW_TRIGGER: {
    code: 'invalid',
    say: 'a flow of the org failed: ask the admin who owns it',
    adminsWords: true,
  },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    code: 'invalid',
    say: 'a trigger of the org refused it: ask the admin who owns it',
    adminsWords: true,
  },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: invalid(
    'a value is not in the picklist: run `install` again, or allow it for the record type',
  ),
  REQUIRED_FIELD_MISSING: invalid('the org requires another field: fill it in on the record'),
  STRING_TOO_LONG: invalid('a text is too long for its field'),
  JSON_PARSER_ERROR: { ...invalid('a value does not fit the type of its field: run `check`'), splittable: true },
  QUERY_TIMEOUT: {
    code: 'unavailable',
    retryable: true,
    say: 'the query took too long: try again, or read a shorter period',
  },
  QUERY_TOO_COMPLICATED: {
    code: 'unavailable',
    retryable: true,
    say: 'the query was too costly: try again, or read a shorter period',
  },
  SERVER_UNAVAILABLE: { code: 'unavailable', retryable: true, say: 'the server is busy: try again in a few minutes' },
  UNKNOWN_EXCEPTION: {
    code: 'unavailable',
    retryable: true,
    outcomeUnknown: true,
    say: 'the server failed: try again in a few minutes',
  },
  MALFORMED_QUERY: { code: 'protocol', say: 'the query was not understood: please report this' },
  INVALID_QUERY_FILTER_OPERATOR: { code: 'protocol', say: 'the query was not understood: please report this' },
  STORAGE_LIMIT_EXCEEDED: invalid('the data storage of the org is full: ask an admin'),
};

/** How long to wait when Salesforce limits concurrent calls: it names no time of its own, calls count up to 20 s. */
const CONCURRENT_WAIT_MS = 20_000;

/** The error of one item of a collection, whose row carries neither id nor HTTP status. */
export function itemError(errors: readonly VendorError[]): CrmError {
  return fromVendor(errors[0] ?? {}, 'Salesforce refused this record', {});
}

/** The error of an answer with status 400 or above. `writes`: the request could have changed something. */
export function answerError(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  writes: boolean,
): CrmError {
  const { status, headers, body } = answer;
  const retryAfterMs = retryAfter(headers['retry-after']);
  const hint = retryAfterMs === null ? {} : { retryAfterMs };
  const [first] = vendorErrors(body);
  if (status === 429)
    return new CrmError('rate-limit', 'Salesforce asks for fewer calls: wait and try again.', {
      retryable: true,
      retryAfterMs: CONCURRENT_WAIT_MS,
      ...hint,
    });
  if (first && status < 500)
    return fromVendor(first, 'Salesforce refused the call', { ...hint, ...(writes ? { splittable: true } : {}) });
  if (status === 401)
    return new CrmError('auth', 'Salesforce does not accept the credentials: check them, or connect again.');
  if (status === 403)
    return new CrmError(
      'permission',
      'Salesforce does not allow this user to make the call: check its permission set.',
    );
  if (status === 404)
    return new CrmError('not-found', 'Salesforce has no such address: check the instance URL and the edition.');
  if (status === 414 || status === 431)
    return new CrmError('invalid', 'The query is too long for Salesforce: name fewer fields in the options.');
  if (first?.errorCode === 'QUERY_TIMEOUT') return fromVendor(first, 'Salesforce refused the call', hint);
  if (status >= 500 || status === 420 || status === 406 || status === 408) {
    return new CrmError(
      'unavailable',
      `Salesforce is not available just now (status ${status}): try again in a few minutes.`,
      {
        retryable: true,
        // 503 is answered before any work begins; for the others only reading back tells
        outcomeUnknown: writes && status !== 503 && status !== 420,
        ...hint,
      },
    );
  }
  return new CrmError(
    'protocol',
    `Salesforce gave an answer that Holdfast does not know (status ${status}): try again, or report it.`,
  );
}

/** The error of a token request; `error` and `error_description` as OAuth 2.0 has them, of which only the first is shown. */
export function tokenError(answer: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}): CrmError {
  const parsed = parseJson(answer.body);
  const code = typeof parsed === 'object' && parsed !== null && 'error' in parsed ? parsed.error : null;
  if (typeof code !== 'string' || answer.status >= 500) return answerError(answer, false);
  const shown = /^[a-z_]{1,40}$/.test(code) ? ` (${code})` : '';
  return new CrmError(
    'auth',
    `Salesforce refused to log in${shown}: check the client id and secret, the My Domain address, and the app's Run-As user.`,
  );
}

/** A call that got no whole answer. What was never connected was never carried out. */
export function networkError(cause: unknown, writes: boolean): CrmError {
  const code = causeCode(cause);
  const sent = ![
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
    'ENETUNREACH',
    'EHOSTUNREACH',
  ].includes(code);
  const slow = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  const what = !sent
    ? 'cannot be reached'
    : slow
      ? 'did not answer in time'
      : 'broke the connection before its answer was whole';
  return new CrmError(
    'unavailable',
    `Salesforce ${what}${code ? ` (${code})` : ''}: check the network and the address, then try again.`,
    {
      retryable: true,
      outcomeUnknown: writes && sent,
    },
  );
}

/** An answer that is not what the documentation promises: HTML for data, a list cut short, one result too few. */
export function protocolError(what: string, writes = false, cause?: Error): CrmError {
  return new CrmError('protocol', `Salesforce's answer ${what}: try again, and report it if it stays.`, {
    retryable: true,
    outcomeUnknown: writes,
    cause,
  });
}

function fromVendor(error: VendorError, lead: string, options: CrmErrorOptions): CrmError {
  const code = error.statusCode ?? error.errorCode ?? 'UNKNOWN';
  const meaning = MEANINGS[code] ?? invalid('see the Salesforce documentation for this code');
  const concurrent = code === 'REQUEST_LIMIT_EXCEEDED' && /concurrent/i.test(error.message ?? '');
  const { code: crmCode, say, adminsWords, ...flags } = meaning;
  if (concurrent)
    return new CrmError('rate-limit', 'Salesforce runs too many long calls at once: wait and try again.', {
      retryable: true,
      retryAfterMs: CONCURRENT_WAIT_MS,
    });
  const fields = (error.fields ?? []).filter((field) => /^[\w.]{1,80}$/.test(field));
  const details = [
    adminsWords && error.message ? `: "${shorten(error.message)}"` : `: ${say}`,
    fields.length > 0 ? ` (${fields.join(', ')})` : '',
    matchedIds(error.duplicateResult),
  ].join('');
  const splittable =
    options.splittable === true &&
    (crmCode === 'invalid' || code === 'INVALID_FIELD' || code === 'INVALID_FIELD_FOR_INSERT_UPDATE');
  const { splittable: _, ...rest } = options;
  return new CrmError(crmCode, `${lead}, ${code}${details}.`, {
    ...flags,
    ...rest,
    ...(splittable ? { splittable } : {}),
  });
}

function vendorErrors(body: string): readonly VendorError[] {
  const parsed = parseJson(body);
  const list = Array.isArray(parsed) ? parsed : [parsed];
  return list.filter(
    (item): item is VendorError =>
      typeof item === 'object' &&
      item !== null &&
      typeof item.errorCode === 'string' &&
      /^[A-Z0-9_]+$/.test(item.errorCode),
  );
}

/** Ids of the records that a duplicate rule matched; ids only, for their values are personal. */
function matchedIds(result: unknown): string {
  const ids = [...new Set(JSON.stringify(result ?? null).match(/(?<="Id":")[A-Za-z0-9]{15,18}(?=")/g))];
  return ids.length > 0 ? `; it matches ${ids.slice(0, 5).join(', ')}` : '';
}

function shorten(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

function retryAfter(header: string | undefined): number | null {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function causeCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z0-9_]+$/.test(at.code)) return at.code;
  }
  return '';
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
