import type { CrmEvent } from '@holdfast/core';
import { CrmError } from '@holdfast/core';
import { Connection } from 'jsforce';
import { Agent } from 'undici';
import { authorise } from './authorise.ts';
import { type CallContext, callContext } from './call-context.ts';
import { itemError, protocolError } from './errors.ts';
import { originOf } from './host.ts';
import { hasLogin, type SalesforceOptions } from './options.ts';
import { type Budget, createPace } from './pace.ts';
import { createTransport } from './transport.ts';

/** The API version that the facts, the maps and the tests were made for (Spring '26). jsforce's default is 50.0. */
export const API_VERSION = '66.0';

export interface CallOptions {
  readonly purpose: CallContext['purpose'];
  readonly signal?: AbortSignal | undefined;
  readonly writes?: boolean;
  readonly onServedAt?: (at: number) => void;
}

/** jsforce, one connection, made safe: every call ends in its result, a `CrmError` or an `AbortError`. */
export interface Client {
  /** Runs a piece of jsforce; all its requests carry the purpose and the signal. */
  call<T>(options: CallOptions, run: (connection: Connection) => PromiseLike<T>): Promise<T>;
  budget(): Budget;
  close(): Promise<void>;
}

/** Opens a session. Throws `CrmError` when the credentials are refused. */
export async function createClient(
  options: SalesforceOptions,
  log: (event: CrmEvent) => void,
  signal?: AbortSignal,
): Promise<Client> {
  const dispatcher = createDispatcher(options);
  const pace = createPace(log);
  const canReauthorise = hasLogin(options);
  const connection = createConnection(options, canReauthorise);
  const transport = createTransport({ dispatcher, log, canReauthorise, onAnswer: pace.onAnswer });
  connection._transport = transport;
  connection.oauth2._transport = transport;
  let closed = false;
  const client: Client = {
    async call(call, run) {
      if (closed) throw new CrmError('invalid', 'This connection to Salesforce is closed: connect again.');
      return guarded(call, () => run(connection));
    },
    budget: pace.budget,
    async close() {
      if (closed) return;
      closed = true;
      await dispatcher.destroy();
    },
  };
  if (canReauthorise) {
    await client
      .call({ purpose: 'auth', signal }, () => authorise(connection, options))
      .catch(async (error: unknown) => {
        await client.close();
        throw error;
      });
  }
  return client;
}

/** No proxy from the environment (undici's Agent reads none), no HTTP/2, a silent server given up. */
function createDispatcher(options: SalesforceOptions): Agent {
  const timeoutMs = options.timeoutMs ?? 180_000;
  return new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: options.connector ?? { allowH2: false, timeout: Math.min(timeoutMs, 30_000) },
  });
}

function createConnection(options: SalesforceOptions, canReauthorise: boolean): Connection {
  const { loginUrl, clientId, clientSecret, refreshToken, instanceUrl, accessToken } = options;
  return new Connection({
    version: API_VERSION,
    logLevel: 'NONE',
    ...(instanceUrl && accessToken ? { instanceUrl: originOf(instanceUrl) ?? instanceUrl, accessToken } : {}),
    ...(canReauthorise && loginUrl && clientId
      ? {
          oauth2: { loginUrl, clientId, ...(clientSecret ? { clientSecret } : {}) },
          ...(refreshToken ? { refreshToken } : {}),
          refreshFn: (connection, done) => reauthorise(connection as Connection, options, done),
        }
      : {}),
  });
}

/** jsforce runs this once for all calls that were refused together; it belongs to none of them, so no signal ends it. */
function reauthorise(
  connection: Connection,
  options: SalesforceOptions,
  done: (error: Error | null, token?: string) => void,
): void {
  const refusedCall = callContext.getStore();
  callContext
    .run(newContext({ purpose: 'auth' }), () => authorise(connection, options))
    .then(
      () => done(null, connection.accessToken ?? ''),
      (error: unknown) => {
        const failure = asCrmError(error);
        if (refusedCall) refusedCall.failure = failure;
        done(failure);
      },
    );
}

async function guarded<T>(call: CallOptions, run: () => PromiseLike<T>): Promise<T> {
  const { signal } = call;
  if (signal?.aborted) throw abortError();
  const context = newContext(call);
  const work = callContext.run(context, async () => run());
  try {
    return signal ? await untilAborted(work, signal) : await work;
  } catch (error) {
    if (signal?.aborted) throw abortError();
    throw context.failure ?? asCrmError(error, context.writes);
  }
}

function newContext(call: CallOptions): CallContext {
  return {
    purpose: call.purpose,
    signal: call.signal,
    writes: call.writes ?? false,
    onServedAt: call.onServedAt,
    refused: 0,
    failure: null,
  };
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(abortError());
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

const abortError = () => new DOMException('The call to Salesforce was stopped.', 'AbortError');

/** What jsforce itself throws may hold a body, so only a mistake of the program's own is kept as the cause. */
function asCrmError(error: unknown, writes = false): CrmError {
  if (error instanceof CrmError) return error;
  // SOAP faults, which the transport leaves to jsforce: `sf:INSUFFICIENT_ACCESS`
  const fault =
    error instanceof Error && 'errorCode' in error
      ? /^(?:\w+:)?([A-Z_]+)$/.exec(String(error.errorCode))?.[1]
      : undefined;
  if (fault) return itemError([{ errorCode: fault }]);
  const cause = error instanceof TypeError || error instanceof RangeError ? error : undefined;
  return protocolError('could not be understood', writes, cause);
}
