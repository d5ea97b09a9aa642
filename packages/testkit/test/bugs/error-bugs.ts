import { type CrmAdapter, CrmError, type CrmErrorCode, type CrmErrorOptions } from '@holdfast/core';
import type { Tamper } from '../memory-harness.ts';
import { type Bug, NOTHING, onRead, onWrite, written } from './bug.ts';

/** Mistakes in what is told when something goes wrong. */
export const ERROR_BUGS: readonly Bug[] = [
  {
    name: 'bad credentials are called a missing right',
    caughtBy: ['error/wrong-token', 'error/write'],
    tamper: retold((error) => (error.code === 'auth' ? remade(error, { code: 'permission' }) : error)),
  },
  {
    name: 'a missing right is called bad credentials',
    caughtBy: ['error/missing-permission'],
    tamper: retold((error) => (error.code === 'permission' ? remade(error, { code: 'auth' }) : error)),
  },
  {
    name: 'a limit does not say how long to wait',
    caughtBy: ['error/rate-limit'],
    tamper: retold((error) =>
      error.code === 'rate-limit' ? new CrmError('rate-limit', error.message, { retryable: true }) : error,
    ),
  },
  {
    name: "the day's limit looks like any other",
    caughtBy: ['error/daily-limit'],
    tamper: retold((error) => (error.exhausted ? remade(error, { exhausted: false }) : error)),
  },
  {
    name: 'a 5xx is final',
    caughtBy: ['error/server'],
    tamper: retold((error) => (error.code === 'unavailable' ? remade(error, { retryable: false }) : error)),
  },
  {
    name: 'an answer that makes no sense is an empty page',
    caughtBy: ['error/garbage'],
    tamper: onRead(
      (read) => (entity, request, signal) =>
        read(entity, request, signal).catch((error: unknown) => {
          if (error instanceof CrmError && error.code === 'protocol') return NOTHING;
          throw error;
        }),
    ),
  },
  {
    name: 'a read that failed is an empty page',
    caughtBy: ['error/server', 'error/missing-permission', 'error/goes-on'],
    tamper: onRead((read) => (entity, request, signal) => read(entity, request, signal).catch(() => NOTHING)),
  },
  {
    name: 'a write that failed is called written',
    caughtBy: ['error/write', 'error/lost-answer'],
    tamper: onWrite((write) => (entity, batch, signal) => write(entity, batch, signal).catch(() => batch.map(written))),
  },
  {
    name: 'a write whose answer is lost is sent again',
    caughtBy: ['error/lost-answer'],
    tamper: onWrite(
      (write) => (entity, batch, signal) =>
        write(entity, batch, signal).catch((error: unknown) => {
          if (error instanceof CrmError && error.outcomeUnknown) return write(entity, batch, signal);
          throw error;
        }),
    ),
  },
  {
    name: 'a write whose answer is lost is called failed',
    caughtBy: ['error/lost-answer', 'error/lost-task'],
    tamper: retold((error) => (error.outcomeUnknown ? remade(error, { outcomeUnknown: false }) : error)),
  },
  {
    name: 'after one failure every call fails',
    caughtBy: ['error/goes-on'],
    tamper: onRead((read) => {
      let broken: unknown = null;
      return async (entity, request, signal) => {
        if (broken) throw broken;
        return read(entity, request, signal).catch((error: unknown) => {
          broken = error;
          throw error;
        });
      };
    }),
  },
  {
    name: 'a message repeats the value that was refused',
    caughtBy: ['error/no-secret'],
    tamper: onWrite(
      (write) => async (entity, batch, signal) =>
        (await write(entity, batch, signal)).map((result, place) =>
          result.status === 'failed'
            ? { ...result, error: new CrmError(result.error.code, `Not valid: ${JSON.stringify(batch[place]?.set)}`) }
            : result,
        ),
    ),
  },
  {
    name: 'an error carries the request with its token',
    caughtBy: ['error/no-secret'],
    tamper: retold((error) =>
      remade(error, { cause: { request: { headers: { Authorization: 'Bearer memory-has-no-token' } } } }),
    ),
  },
  {
    name: 'an error is not one of the port',
    caughtBy: ['error/server', 'page/cursor-foreign'],
    tamper: retold((error) => new Error(error.message) as CrmError),
  },
  {
    name: 'the signal is not heeded',
    caughtBy: ['abort/before'],
    tamper: (adapter) => ({
      ...adapter,
      read: (entity, request) => adapter.read(entity, request),
      write: (entity, batch) => adapter.write(entity, batch),
    }),
  },
  {
    name: 'a stopped call rejects with an error of the port',
    caughtBy: ['abort/before', 'abort/read', 'abort/write'],
    tamper: failing((error) =>
      error instanceof DOMException ? new CrmError('unavailable', 'The call was stopped.') : error,
    ),
  },
];

function failing(change: (error: unknown) => unknown): Tamper {
  const rethrow = (error: unknown): never => {
    throw change(error);
  };
  return (adapter): CrmAdapter => ({
    ...adapter,
    read: (entity, request, signal) => adapter.read(entity, request, signal).catch(rethrow),
    write: (entity, batch, signal) => adapter.write(entity, batch, signal).catch(rethrow),
  });
}

function retold(change: (error: CrmError) => CrmError): Tamper {
  return failing((error) => (error instanceof CrmError ? change(error) : error));
}

function remade(error: CrmError, { code, ...changes }: CrmErrorOptions & { readonly code?: CrmErrorCode }): CrmError {
  const { retryable, retryAfterMs, outcomeUnknown, splittable, exhausted } = error;
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  const options = { retryable, outcomeUnknown, splittable, exhausted, ...wait, ...changes };
  return new CrmError(code ?? error.code, error.message, options);
}
