import type {
  ConnectContext,
  CrmAdapter,
  EntityName,
  Page,
  ReadRequest,
  WritableEntity,
  Write,
  WriteResult,
} from '@holdfast/core';
import { memoryCapabilities } from './capabilities.ts';
import { abortError, CALL_FAULTS, CARRIED_OUT, closedError, faultError, neverAnswer, type Purpose } from './faults.ts';
import { emptyPage, readPage } from './read.ts';
import type { MemoryState } from './state.ts';
import { writeBatch } from './write.ts';

/** An adapter on the org, as a real one comes to be: with a first call that can fail. */
export async function connectMemory(
  state: MemoryState,
  context: Pick<ConnectContext, 'log' | 'signal'>,
): Promise<CrmAdapter> {
  const { adapter, probe } = createMemoryAdapter(state, context);
  await probe(context.signal);
  return adapter;
}

/** An adapter without that first call; any number may be open at once. */
export function createMemoryAdapter(
  state: MemoryState,
  { log }: Pick<ConnectContext, 'log'>,
): { readonly adapter: CrmAdapter; readonly probe: (signal?: AbortSignal) => Promise<void> } {
  const capabilities = memoryCapabilities(state.settings);
  let closed = false;

  async function call<T>(purpose: Purpose, route: string, signal: AbortSignal | undefined, act: () => T): Promise<T> {
    if (closed) throw closedError();
    if (signal?.aborted) throw abortError();
    const fault = state.faults.take(CALL_FAULTS);
    log({ type: 'call', method: purpose.toUpperCase(), route, status: fault ? 'no-answer' : 200, purpose });
    if (fault === 'no-answer') return neverAnswer(signal);
    if (fault && !CARRIED_OUT.includes(fault)) throw faultError(fault as 'server-error', purpose);
    const done = act();
    if (fault) throw faultError(fault as 'lost-answer', purpose);
    return done;
  }

  const adapter: CrmAdapter = {
    capabilities,
    check: async (_, signal) => {
      await call('read', '/check', signal, () => null);
      return [];
    },
    read: <E extends EntityName>(entity: E, request: ReadRequest, signal?: AbortSignal): Promise<Page<E>> =>
      call('read', `/${entity}/${request.kind}`, signal, () => {
        const paged = request.kind !== 'ids' && request.kind !== 'keys';
        const empty = paged && state.faults.take(['empty-page']) ? emptyPage(state, entity, request) : null;
        return empty ?? readPage(state, entity, request);
      }),
    write: async <E extends WritableEntity>(
      entity: E,
      batch: readonly Write<E>[],
      signal?: AbortSignal,
    ): Promise<readonly WriteResult[]> => {
      if (batch.length === 0 && !closed && !signal?.aborted) return [];
      return call('write', `/${entity}`, signal, () => writeBatch(state, entity, batch));
    },
    close: async () => {
      closed = true;
    },
  };
  return { adapter, probe: (signal) => call('connect', '/org', signal, () => undefined) };
}
