import type { Clock, CrmEvent } from '@holdfast/core';
import type { Client } from '@hubspot/api-client';
import { type Answer, bodyOf, errorOf, isExpiredToken, servedAt, succeeded } from './errors.ts';
import { baseAddress } from './host.ts';
import type { ConnectOptions } from './options.ts';
import { createPace, type PaceKind } from './pace.ts';
import { BARE_PATHS, type BarePath } from './paths.ts';
import { accessToken, refreshedToken, staticToken, type TokenSource } from './token.ts';
import { abortError, createTransport, type Transport } from './transport.ts';

type Purpose = Extract<CrmEvent, { type: 'call' }>['purpose'];

/** What every call carries beside its arguments. */
export interface CallOptions {
  readonly purpose: Purpose;
  readonly signal?: AbortSignal | undefined;
}

/** A successful answer, read from the raw text. */
export interface Reply {
  readonly body: Readonly<Record<string, unknown>>;
  readonly servedAt: number | null;
}

/** The typed client with our rules around it: pace, one token refresh, raw answers, one kind of error. */
export interface HubSpotClient {
  /**
   * One request by a typed method of the client. Throws `CrmError` for every answer that is not a success, and an
   * `AbortError`. Nothing is tried again but once after a token refresh.
   */
  call(options: CallOptions, kind: Partial<CallShape>, typed: (sdk: Client) => Promise<unknown>): Promise<Reply>;
  /** One GET of an address that the client has no typed method for. */
  get(path: BarePath, options: CallOptions): Promise<Reply>;
  /** The daily limit and what is used of it, as the last answer told. */
  budget(): { readonly used: number | null; readonly limit: number | null };
  close(): void;
}

/** What a call is, where that differs from a plain read. */
interface CallShape {
  readonly pace: PaceKind;
  readonly writes: boolean;
  readonly batch: boolean;
}

export interface ClientContext {
  readonly clock: Clock;
  readonly log: (event: CrmEvent) => void;
}

const PLAIN: CallShape = { pace: 'plain', writes: false, batch: false };

/** Loads the client library (40 to 90 ms) and wraps it. The library's own retry and limiter are process-wide and stay off. */
export async function createClient(options: ConnectOptions, context: ClientContext): Promise<HubSpotClient> {
  const base = baseAddress(options.baseUrl);
  const { Client } = await import('@hubspot/api-client');
  const transport = createTransport({ base, timeoutMs: options.timeoutMs, httpAgent: options.httpAgent });
  const sdk = new Client({ basePath: base, middleware: [transport.middleware] });
  const pace = createPace(context.clock);
  let budget: { used: number | null; limit: number | null } = { used: null, limit: null };

  const learn = ({ headers }: Answer) => {
    pace.learn(headers);
    const limit = Number(headers['x-hubspot-ratelimit-daily'] ?? Number.NaN);
    const left = Number(headers['x-hubspot-ratelimit-daily-remaining'] ?? Number.NaN);
    if (Number.isNaN(limit) || Number.isNaN(left)) return;
    budget = { limit, used: limit - left };
    context.log({ type: 'budget', ...budget });
  };

  const attempt = async (
    token: string | null,
    call: CallOptions,
    shape: CallShape,
    barePath: string | null,
    typed: (sdk: Client) => Promise<unknown>,
  ): Promise<Answer> => {
    if (call.signal?.aborted) throw abortError();
    await pace.turn(shape.pace, call.signal);
    const exchange = openExchange(token, barePath, shape, call);
    try {
      const answer = await transport.send(exchange, () => typed(sdk));
      learn(answer);
      return answer;
    } finally {
      const status = exchange.answer?.status ?? 'no-answer';
      context.log({ type: 'call', method: exchange.method, route: exchange.route, status, purpose: call.purpose });
    }
  };

  const tokens = tokenSource(options, async (clientId, clientSecret, refreshToken) => {
    const shape: CallShape = { ...PLAIN, pace: 'free' };
    const answer = await attempt(null, { purpose: 'auth' }, shape, null, ({ oauth }) =>
      oauth.tokensApi.create('refresh_token', undefined, undefined, clientId, clientSecret, refreshToken),
    );
    if (answer.status >= 500 || answer.status === 429) throw errorOf(answer, shape);
    return accessToken(succeeded(answer) ? bodyOf(answer, shape) : {});
  });

  const authorised = async (
    call: CallOptions,
    kind: Partial<CallShape>,
    barePath: string | null,
    typed: (sdk: Client) => Promise<unknown>,
  ): Promise<Reply> => {
    const shape = { ...PLAIN, ...kind };
    const token = await tokens.current();
    let answer = await attempt(token, call, shape, barePath, typed);
    if (tokens.renewable && isExpiredToken(answer)) {
      answer = await attempt(await tokens.renew(token), call, shape, barePath, typed);
    }
    if (!succeeded(answer)) throw errorOf(answer, shape);
    return { body: bodyOf(answer, shape), servedAt: servedAt(answer) };
  };

  return {
    call: (call, kind, typed) => authorised(call, kind, null, typed),
    get: (path, call) => authorised(call, {}, BARE_PATHS[path], ({ crm }) => crm.owners.ownersApi.getPage()),
    budget: () => budget,
    close: () => transport.close(),
  };
}

function openExchange(
  token: string | null,
  barePath: string | null,
  shape: CallShape,
  call: CallOptions,
): Parameters<Transport['send']>[0] {
  return {
    token,
    barePath,
    writes: shape.writes,
    signal: call.signal,
    method: 'GET',
    route: barePath ?? '',
    answer: null,
    abandon: null,
  };
}

function tokenSource(
  options: ConnectOptions,
  fetchToken: (clientId: string, clientSecret: string, refreshToken: string) => Promise<string>,
): TokenSource {
  const { token, oauth } = options;
  if (oauth !== undefined) {
    return refreshedToken(() => fetchToken(oauth.clientId, oauth.clientSecret, oauth.refreshToken));
  }
  return staticToken(token ?? '');
}
