import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';
import { CrmError } from '@holdfast/core';
import { type Answer, connectionError } from './errors.ts';
import { isAllowed } from './host.ts';
import { API_VERSION, datedPath, routeOf } from './paths.ts';

/** One request on its way: what the caller says of it, and what the middleware learns. */
interface Exchange {
  /** Bearer token; `null` for the token endpoint itself. */
  readonly token: string | null;
  /** Replaces the path of the typed method, for addresses that the client has no method for. */
  readonly barePath: string | null;
  readonly writes: boolean;
  readonly signal: AbortSignal | undefined;
  method: string;
  route: string;
  answer: Answer | null;
  abandon: ((reason: Error) => void) | null;
}

/** The client's own way to the network: pieces for its configuration, and `send` around one typed call. */
export interface Transport {
  readonly middleware: { pre(context: unknown): unknown; post(context: unknown): unknown };
  /**
   * Runs one typed method and hands over the raw answer, whatever its status. Throws `CrmError('unavailable')` when
   * no whole answer came, and an `AbortError` when the signal fired.
   */
  send(exchange: Exchange, typed: () => Promise<unknown>): Promise<Answer>;
  close(): void;
}

export interface TransportOptions {
  readonly base: string;
  readonly timeoutMs: number;
  /** An agent of the caller's, which stays the caller's to close. */
  readonly httpAgent: http.Agent | undefined;
}

interface RequestContext {
  getUrl(): string;
  setUrl(url: string): void;
  getHttpMethod(): string;
  setHeaderParam(name: string, value: string): void;
  setAgent(agent: unknown): void;
}

interface ResponseContext {
  readonly httpStatusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { text(): Promise<string> };
}

/** An agent per client: sockets, time limits and aborts of one portal never touch another's. */
export function createTransport(options: TransportOptions): Transport {
  const exchanges = new AsyncLocalStorage<Exchange>();
  const agent = options.httpAgent ?? newAgent(options.base);
  return {
    middleware: {
      pre: (context) => prepare(context as RequestContext, current(exchanges), agent, options),
      post: (context) => handOver(context as ResponseContext, current(exchanges)),
    },
    send: (exchange, typed) => exchanges.run(exchange, () => send(exchange, typed)),
    close() {
      if (options.httpAgent === undefined) agent.destroy();
    },
  };
}

function newAgent(base: string): http.Agent {
  const settings = { keepAlive: true, maxSockets: 10 };
  return base.startsWith('https:') ? new https.Agent(settings) : new http.Agent(settings);
}

function current(exchanges: AsyncLocalStorage<Exchange>): Exchange {
  const exchange = exchanges.getStore();
  if (exchange === undefined) throw new TypeError('A call went out around the transport');
  return exchange;
}

function prepare(context: RequestContext, exchange: Exchange, agent: http.Agent, options: TransportOptions): unknown {
  const url = new URL(context.getUrl());
  const prefix = new URL(options.base).pathname.replace(/\/$/, '');
  const path = exchange.barePath ?? datedPath(url.pathname.slice(prefix.length));
  exchange.method = context.getHttpMethod();
  exchange.route = routeOf(path);
  url.pathname = prefix + path.replace('{version}', API_VERSION);
  if (!isAllowed(url.href, options.base)) throw new CrmError('protocol', 'A call to a foreign host was refused.');
  context.setUrl(url.href);
  if (exchange.token !== null) context.setHeaderParam('Authorization', `Bearer ${exchange.token}`);
  context.setAgent(watched(agent, exchange, options.timeoutMs));
  return context;
}

/** The shared agent, but it tells which request is this one, so that it alone can be ended. */
function watched(agent: http.Agent, exchange: Exchange, timeoutMs: number): unknown {
  type AddRequest = (request: http.ClientRequest, ...rest: unknown[]) => unknown;
  const { addRequest } = agent as unknown as { addRequest: AddRequest };
  return Object.create(agent, {
    addRequest: {
      value: (request: http.ClientRequest, ...rest: unknown[]) => {
        exchange.abandon = (reason) => void request.destroy(reason);
        request.setTimeout(timeoutMs, () => request.destroy(new Error(`No answer within ${timeoutMs} ms`)));
        if (exchange.signal?.aborted) request.destroy(abortError());
        return addRequest.call(agent, request, ...rest);
      },
    },
  });
}

/** Keeps the raw answer and gives the client an empty one: its deserialiser loses fields and digits, and its errors repeat bodies. */
async function handOver(context: ResponseContext, exchange: Exchange): Promise<unknown> {
  exchange.answer = { status: context.httpStatusCode, headers: context.headers, text: await context.body.text() };
  return Object.assign(Object.create(Object.getPrototypeOf(context)), context, {
    httpStatusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: { text: async () => '{}', binary: async () => Buffer.from('{}') },
  });
}

async function send(exchange: Exchange, typed: () => Promise<unknown>): Promise<Answer> {
  const { signal } = exchange;
  if (signal?.aborted) throw abortError();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      exchange.abandon?.(abortError());
      reject(abortError());
    };
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([typed(), aborted]);
  } catch (cause) {
    if (signal?.aborted) throw abortError();
    if (cause instanceof CrmError) throw cause;
    // once the raw answer is there, only the client's own reading of the empty one can have failed
    if (exchange.answer === null) throw connectionError(cause, { writes: exchange.writes, batch: false });
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  if (exchange.answer === null) throw new CrmError('protocol', 'The HubSpot client gave no answer: report this.');
  return exchange.answer;
}

/** What every aborted call rejects with. */
export function abortError(): DOMException {
  return new DOMException('The call was aborted.', 'AbortError');
}
