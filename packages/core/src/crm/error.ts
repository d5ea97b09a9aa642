/** The closed set of what can go wrong between Holdfast and a CRM. */
export const CRM_ERROR_CODES = [
  'auth',
  'permission',
  'not-found',
  'invalid',
  'conflict',
  'rate-limit',
  'unavailable',
  'protocol',
] as const;
export type CrmErrorCode = (typeof CRM_ERROR_CODES)[number];

export interface CrmErrorOptions {
  /** The same request may succeed later without a change. */
  readonly retryable?: boolean;
  /** The CRM's own wish, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The request may have been carried out although no answer says so. Only reading it back tells. */
  readonly outcomeUnknown?: boolean;
  /** The CRM refused one item of a batch and so the batch as a whole; smaller batches find the culprit. */
  readonly splittable?: boolean;
  /** The day's budget is gone: stop and go on tomorrow, do not wait. */
  readonly exhausted?: boolean;
  readonly cause?: unknown;
}

/**
 * The one error of the port. The message is one sentence for a person with the next step; it never holds a token, a
 * body or a field value. Everything an adapter throws is one of these, or an `AbortError`.
 */
export class CrmError extends Error {
  readonly code: CrmErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly outcomeUnknown: boolean;
  readonly splittable: boolean;
  readonly exhausted: boolean;

  constructor(code: CrmErrorCode, message: string, options: CrmErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CrmError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
    this.splittable = options.splittable ?? false;
    this.exhausted = options.exhausted ?? false;
  }
}
