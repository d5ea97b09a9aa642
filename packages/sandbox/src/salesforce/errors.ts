/** One error as the REST API tells it: collections say `statusCode` where other endpoints say `errorCode`. */
export interface ApiFault {
  readonly code: string;
  readonly message: string;
  readonly fields?: readonly string[];
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Thrown inside the emulator to end a request with the vendor's own error. */
export class ApiError extends Error {
  readonly status: number;
  readonly fault: ApiFault;
  constructor(status: number, fault: ApiFault) {
    super(fault.message);
    this.name = 'ApiError';
    this.status = status;
    this.fault = fault;
  }
}

/** The error of an endpoint: `[{message, errorCode, fields?}]`. */
export const asErrorBody = (faults: readonly ApiFault[]): readonly unknown[] =>
  faults.map((fault) => ({
    message: fault.message,
    errorCode: fault.code,
    ...(fault.fields === undefined ? {} : { fields: fault.fields }),
    ...fault.extra,
  }));

/** The error inside one result of a collection. */
export const asSaveErrors = (faults: readonly ApiFault[]): readonly unknown[] =>
  faults.map((fault) => ({
    statusCode: fault.code,
    message: fault.message,
    fields: fault.fields ?? [],
    ...fault.extra,
  }));

/** 404 of a resource, record or object that is not there. */
export const notFound = (message = 'The requested resource does not exist'): ApiError =>
  new ApiError(404, { code: 'NOT_FOUND', message });

/** 400 with a code. */
export const badRequest = (code: string, message: string, fields?: readonly string[]): ApiError =>
  new ApiError(400, fields === undefined ? { code, message } : { code, message, fields });

/** HTTP status of a single-record write that failed with this code. */
export const statusOfFault = (fault: ApiFault): number =>
  fault.code === 'ENTITY_IS_DELETED' || fault.code === 'NOT_FOUND'
    ? 404
    : fault.code === 'INSUFFICIENT_ACCESS_OR_READONLY'
      ? 403
      : 400;
