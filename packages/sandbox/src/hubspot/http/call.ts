import type { OAuthApp } from '../options.ts';
import type { HubSpotTier } from '../schema/object-type.ts';
import type { Portal } from '../state/portal.ts';
import { tableNamed } from '../state/portal.ts';
import type { Table } from '../state/table.ts';
import type { TokenGrant } from './access.ts';
import { ApiError, invalid } from './api-error.ts';
import type { CallLimits, Limiter } from './limiter.ts';

/** The paths a request came by: a dated family, or the classic v1 to v4 ones. */
export type ApiVersion = 'classic' | '2025-09' | '2026-03' | '2026-09';

/** A request on its way to a handler. */
export interface Call {
  readonly portal: Portal;
  readonly version: ApiVersion;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly origin: string;
  readonly path: string;
  /** Milliseconds since the epoch at which the request is answered. */
  readonly at: number;
  /** What the emulator's options allow the handlers to know. */
  readonly rules: CallRules;
}

/** Behaviour that a test can switch. */
export interface CallRules {
  /** Admin validation rules: properties that 2026-09 insists on when a record is written. By object name. */
  readonly requiredByAdmin: Readonly<Record<string, readonly string[]>>;
  readonly oauth: OAuthApp | undefined;
  readonly usedCodes: Set<string>;
  /** The portal's tokens; the token endpoint adds to them. */
  readonly tokens: Map<string, TokenGrant>;
  readonly limiter: Limiter;
  readonly limits: CallLimits;
}

/** What a handler answers. A string body goes out as it is. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** 200 with a body. */
export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** 204 without one. */
export const noContent: Reply = { status: 204 };

/** The JSON object in the request's body. Throws HubSpot's 400 when it is none. */
export function jsonBody(call: Call): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(call.body || '{}');
    if (isObject(parsed)) return parsed;
  } catch {
    // answered below, as any other body that is not an object
  }
  throw invalid('Invalid input JSON on line 1, column 1: Cannot read the request body as a JSON object');
}

/** The `inputs` of a batch. Throws a 400 for none, or for more than `most`. */
export function batchInputs(call: Call, most: number): readonly Readonly<Record<string, unknown>>[] {
  const { inputs } = jsonBody(call);
  if (!Array.isArray(inputs) || !inputs.every(isObject)) {
    throw invalid("Invalid input JSON: required field 'inputs' is missing or not a list of objects");
  }
  if (inputs.length > most) {
    throw invalid(
      `The maximum number of inputs supported in a batch request for this object type is ${most}. Received ${inputs.length}`,
    );
  }
  return inputs;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The table named by a path parameter. Throws HubSpot's answer for a type it does not know, which has no category. */
export function tableParam(call: Call, name = 'objectType'): Table {
  const given = call.params[name] ?? '';
  const table = tableNamed(call.portal, given);
  if (table === undefined) throw new ApiError(400, `Unable to infer object type from: ${given}`);
  return table;
}

/** Values of a parameter given several times, or once with commas. */
export function listParam(query: URLSearchParams, name: string): readonly string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** A whole number between 1 and a maximum. Throws a 400 otherwise. */
export function limitParam(query: URLSearchParams, otherwise: number, most: number): number {
  const given = query.get('limit');
  if (given === null) return otherwise;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw invalid(`limit must be a whole number from 1 to ${most}: ${given}`);
  }
  return limit;
}

/** 403 for a feature that the subscription does not have. */
export function tierRefusal(needed: HubSpotTier): ApiError {
  return new ApiError(403, `The account's subscription does not include this feature: it needs ${needed} or above`, {
    category: 'MISSING_SCOPES',
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: [`${needed}-tier`] },
      },
    ],
  });
}
