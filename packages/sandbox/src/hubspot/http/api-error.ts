/** One entry of an error's `errors`. */
export interface ApiErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly in?: string;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** The parts of HubSpot's error body beyond status and message; each is optional there too. */
export interface ApiErrorParts {
  readonly category?: string;
  readonly subCategory?: string;
  readonly errors?: readonly ApiErrorDetail[];
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly links?: Readonly<Record<string, string>>;
}

/** A refusal on its way out of a handler; the router turns it into HubSpot's error body. */
export class ApiError extends Error {
  readonly status: number;
  readonly parts: ApiErrorParts;

  constructor(status: number, message: string, parts: ApiErrorParts = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.parts = parts;
  }
}

/** 400 for a request that is malformed or breaks a rule. */
export function invalid(message: string, parts: ApiErrorParts = {}): ApiError {
  return new ApiError(400, message, { category: 'VALIDATION_ERROR', ...parts });
}

/** 404 for a record or definition that is not there. */
export function notFound(message: string, parts: ApiErrorParts = {}): ApiError {
  return new ApiError(404, message, { category: 'OBJECT_NOT_FOUND', ...parts });
}

/** The body of one error as it stands among the `errors` of a batch. */
export function batchError(error: ApiError): Record<string, unknown> {
  const { category = 'VALIDATION_ERROR', subCategory, errors = [], context = {}, links = {} } = error.parts;
  return {
    status: 'error',
    category,
    ...(subCategory === undefined ? {} : { subCategory }),
    message: error.message,
    errors,
    context,
    links,
  };
}
