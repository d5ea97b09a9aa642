import { PassThrough } from 'node:stream';
import type { CrmEvent } from '@holdfast/core';
import type { HttpRequest, HttpResponse } from 'jsforce';
// the main entry names StreamPromise and leaves it undefined
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { type Dispatcher, fetch } from 'undici';
import { type CallContext, callContext } from './call-context.ts';
import { answerError, networkError, protocolError, tokenError } from './errors.ts';
import { routeOf } from './route.ts';

interface TransportOptions {
  readonly dispatcher: Dispatcher;
  readonly log: (event: CrmEvent) => void;
  /** Whether a refused session can be renewed; otherwise the first refusal is final. */
  readonly canReauthorise: boolean;
  /** Sees the headers of every answer. */
  readonly onAnswer: (headers: Readonly<Record<string, string>>) => void;
}

/** What jsforce needs of a transport. */
export interface Transport {
  httpRequest(request: HttpRequest): StreamPromise<HttpResponse>;
  getRequestStreamCreator(): never;
}

/**
 * Carries jsforce's requests. A transport of a connection's own instead of `setDefaults` and `setDispatcher`, which
 * hold for the whole process: no retries, no redirects, no proxy from the environment, the caller's signal, and
 * refusals turned into `CrmError` here, where status, headers and body are all at hand.
 */
export function createTransport(options: TransportOptions): Transport {
  return {
    // jsforce never reads the stream of a call that it awaits
    httpRequest: (request) =>
      StreamPromise.create(() => ({ stream: new PassThrough(), promise: send(request, options) })),
    getRequestStreamCreator() {
      throw protocolError('was asked for as a stream, which Holdfast does not use');
    },
  };
}

async function send(request: HttpRequest, options: TransportOptions): Promise<HttpResponse> {
  const context = callContext.getStore();
  if (!context) throw new TypeError('A call to Salesforce outside of client.call');
  context.signal?.throwIfAborted();
  const route = routeOf(request.url);
  const answer = await exchange(request, context, options.dispatcher).catch((error: unknown) => {
    options.log({ type: 'call', method: request.method, route, status: 'no-answer', purpose: context.purpose });
    if (context.signal?.aborted) throw context.signal.reason;
    throw networkError(error, context.writes);
  });
  options.log({ type: 'call', method: request.method, route, status: answer.status, purpose: context.purpose });
  options.onAnswer(answer.headers);
  const servedAt = Date.parse(answer.headers['date'] ?? '');
  if (!Number.isNaN(servedAt)) context.onServedAt?.(servedAt);
  refuse(answer, context, options, route);
  return { statusCode: answer.status, headers: answer.headers, body: answer.body };
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function exchange(request: HttpRequest, context: CallContext, dispatcher: Dispatcher): Promise<Answer> {
  const { method, url, headers = {}, body } = request;
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    dispatcher,
    ...(typeof body === 'string' || body instanceof Uint8Array ? { body } : {}),
    ...(context.signal ? { signal: context.signal } : {}),
  });
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

/** Throws what is no answer to go on with; passes on what jsforce must see: data, and a session that it can renew. */
function refuse(answer: Answer, context: CallContext, options: TransportOptions, route: string): void {
  const { status, headers, body } = answer;
  const type = headers['content-type'] ?? '';
  if (isRefusedSession(status, type, body)) {
    context.refused += 1;
    if (context.refused === 1 && options.canReauthorise && context.purpose !== 'auth') return;
    throw answerError({ status: 401, headers, body: '' }, false);
  }
  if (status >= 400) {
    if (/xml/.test(type)) return;
    throw context.purpose === 'auth' ? tokenError(answer) : answerError(answer, context.writes);
  }
  if (status >= 301 && status <= 308 && status !== 304)
    throw protocolError(`points to another address (status ${status})`);
  if (/html/.test(type)) throw protocolError('is a page instead of data', context.writes);
  if (status !== 204 && body === '' && !/DELETE/.test(route)) throw protocolError('is empty', context.writes);
}

/** REST says 401; SOAP says 500 with the fault in its body. */
function isRefusedSession(status: number, type: string, body: string): boolean {
  return status === 401 || (status === 500 && /xml/.test(type) && body.includes(':INVALID_SESSION_ID</faultcode>'));
}
