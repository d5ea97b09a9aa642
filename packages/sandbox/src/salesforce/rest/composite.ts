import { asErrorBody, badRequest } from '../errors.ts';
import type { Call, Reply } from '../org.ts';
import { rollBack } from './collections.ts';
import { inputOf } from './record.ts';
import { type Handler, type Route, route } from './route.ts';

/** Runs a request inside another. */
type Dispatch = (call: Call, method: string, url: string, json: unknown) => Reply;

interface SubRequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: unknown;
  readonly httpHeaders?: Readonly<Record<string, string>>;
}

interface SubReply {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

/** Salesforce's limit. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm */
const most = 25;

/** Replaces `@{ref.id}` and `@{ref.records[0].Id}` by what the earlier subrequest answered. */
function substitute(value: unknown, replies: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/@\{([^}]+)\}/g, (_, path: string) => {
      const [reference = '', ...steps] = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
      let found: unknown = replies.get(reference);
      for (const step of steps) found = (found as Record<string, unknown> | undefined)?.[step];
      if (found === undefined)
        throw badRequest('INVALID_INPUT', `Invalid reference specified. No value for ${path} found in ${reference}`);
      return String(found);
    });
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, replies));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, replies)]));
}

const withHeaders = (call: Call, headers: Readonly<Record<string, string>> | undefined): Call => ({
  ...call,
  headers: {
    ...call.headers,
    ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  },
});

const shownHeaders = (headers: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> => {
  const names: Readonly<Record<string, string>> = {
    etag: 'ETag',
    'last-modified': 'Last-Modified',
    location: 'Location',
  };
  return Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) => (names[name] === undefined ? [] : [[names[name], value]])),
  );
};

const composite =
  (dispatch: Dispatch): Handler =>
  (call, request) => {
    const input = inputOf(request.json);
    const subs = input.compositeRequest as readonly SubRequest[] | undefined;
    if (!Array.isArray(subs)) throw badRequest('MISSING_ARGUMENT', 'compositeRequest is required');
    if (subs.length > most)
      throw badRequest('LIMIT_EXCEEDED', `The composite request contains too many subrequests. The limit is ${most}.`);
    const answers = runAll(call, subs as readonly SubRequest[], input.allOrNone === true, dispatch);
    return { status: 200, body: { compositeResponse: answers } };
  };

function runAll(call: Call, subs: readonly SubRequest[], allOrNone: boolean, dispatch: Dispatch): readonly SubReply[] {
  const undo: (() => void)[] = [];
  const replies = new Map<string, unknown>();
  const answers: SubReply[] = [];
  for (const sub of subs) {
    const inner = withHeaders(call, sub.httpHeaders);
    if (allOrNone) inner.undo = undo;
    const reply = runOne(inner, sub, replies, dispatch);
    replies.set(sub.referenceId, reply.body);
    answers.push({
      body: reply.body ?? null,
      httpHeaders: shownHeaders(reply.headers),
      httpStatusCode: reply.status,
      referenceId: sub.referenceId,
    });
    if (allOrNone && reply.status >= 400) {
      rollBack(undo);
      return halted(subs, answers.length - 1, answers);
    }
  }
  return answers;
}

function runOne(call: Call, sub: SubRequest, replies: ReadonlyMap<string, unknown>, dispatch: Dispatch): Reply {
  try {
    return dispatch(
      call,
      sub.method.toUpperCase(),
      String(substitute(sub.url, replies)),
      substitute(sub.body, replies),
    );
  } catch (error) {
    if (!(error instanceof Error) || !('fault' in error)) throw error;
    return {
      status: 400,
      body: asErrorBody([(error as unknown as { fault: Parameters<typeof asErrorBody>[0][number] }).fault]),
    };
  }
}

/** With allOrNone, one failure halts and takes back all the others. */
function halted(subs: readonly SubRequest[], failed: number, answers: readonly SubReply[]): readonly SubReply[] {
  return subs.map((sub, index) =>
    index === failed
      ? (answers[index] as SubReply)
      : {
          body: [
            {
              errorCode: 'PROCESSING_HALTED',
              message: 'The transaction was rolled back since another operation in the same transaction failed.',
            },
          ],
          httpHeaders: {},
          httpStatusCode: 400,
          referenceId: sub.referenceId,
        },
  );
}

const batch =
  (dispatch: Dispatch): Handler =>
  (call, request) => {
    const input = inputOf(request.json);
    const subs = input.batchRequests as readonly { method: string; url: string; richInput?: unknown }[] | undefined;
    if (!Array.isArray(subs)) throw badRequest('MISSING_ARGUMENT', 'batchRequests is required');
    if (subs.length > most)
      throw badRequest('LIMIT_EXCEEDED', `The batch request contains too many subrequests. The limit is ${most}.`);
    let stopped = false;
    const results = subs.map((sub: { method: string; url: string; richInput?: unknown }) => {
      if (stopped)
        return {
          statusCode: 412,
          result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted as per request' }],
        };
      const url = sub.url.startsWith('/') ? sub.url : `/services/data/${sub.url}`;
      const reply = runOne(
        call,
        { method: sub.method, url, referenceId: '', body: sub.richInput },
        new Map(),
        dispatch,
      );
      if (reply.status >= 400 && input.haltOnError === true) stopped = true;
      return { statusCode: reply.status, result: reply.body ?? null };
    });
    return { status: 200, body: { hasErrors: results.some((result) => result.statusCode >= 400), results } };
  };

/** Composite endpoints; `dispatch` runs their subrequests. */
export const compositeRoutes = (dispatch: Dispatch): readonly Route[] => [
  route('POST', '/composite', composite(dispatch)),
  route('POST', '/composite/batch', batch(dispatch)),
];
