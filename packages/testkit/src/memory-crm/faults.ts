import { CrmError } from '@holdfast/core';
import type { FaultKind } from '../conformance/harness.ts';

/** Faults that wait for their call, in the order in which they were asked for. */
export interface FaultQueue {
  failNext(kind: FaultKind, calls?: number): void;
  heal(): void;
  /** Takes the next waiting fault if it is one of these. */
  take(kinds: readonly FaultKind[]): FaultKind | null;
}

/** An empty queue of faults. */
export function createFaultQueue(): FaultQueue {
  let waiting: { readonly kind: FaultKind; left: number }[] = [];
  return {
    failNext: (kind, calls = 1) => {
      waiting.push({ kind, left: calls });
    },
    heal: () => {
      waiting = [];
    },
    take: (kinds) => {
      const first = waiting.find((fault) => kinds.includes(fault.kind));
      if (!first) return null;
      first.left -= 1;
      waiting = waiting.filter((fault) => fault.left > 0);
      return first.kind;
    },
  };
}

export type Purpose = 'connect' | 'read' | 'write';
type CallFault = Exclude<FaultKind, 'empty-page' | 'link-lost'>;

/** The faults that hit a whole call. */
export const CALL_FAULTS: readonly FaultKind[] = [
  'wrong-token',
  'missing-permission',
  'rate-limit',
  'daily-limit',
  'server-error',
  'lost-answer',
  'no-answer',
  'garbage',
];

/** The faults after which the CRM has nonetheless done what it was asked. */
export const CARRIED_OUT: readonly FaultKind[] = ['lost-answer', 'garbage'];

/** What an adapter must throw for a fault of a whole call; `no-answer` is not among them, it never ends. */
export function faultError(kind: Exclude<CallFault, 'no-answer'>, purpose: Purpose): CrmError {
  const outcomeUnknown = purpose === 'write';
  switch (kind) {
    case 'wrong-token':
      return new CrmError('auth', 'The CRM does not accept the credentials; check the token and connect again.');
    case 'missing-permission':
      return new CrmError('permission', 'The credentials lack a right that this call needs; grant it and run again.');
    case 'rate-limit':
      return new CrmError('rate-limit', 'Too many calls in ten seconds; wait and go on.', {
        retryable: true,
        retryAfterMs: 10_000,
      });
    case 'daily-limit':
      return new CrmError('rate-limit', "The day's calls are used up; go on tomorrow.", { exhausted: true });
    case 'server-error':
      return new CrmError('unavailable', 'The CRM is not available; try again later.', { retryable: true });
    case 'lost-answer':
      return new CrmError('unavailable', 'The connection broke before the answer; read back what was written.', {
        retryable: true,
        outcomeUnknown,
      });
    case 'garbage':
      return new CrmError('protocol', 'The answer is not what the CRM documents; try again or report it.', {
        outcomeUnknown,
      });
  }
}

/** Waits for ever, unless the signal fires. */
export function neverAnswer(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(abortError()), { once: true });
  });
}

/** The error of a call that its caller stopped. */
export function abortError(): DOMException {
  return new DOMException('The call was stopped.', 'AbortError');
}

/** The error of every call on an adapter that was closed. */
export function closedError(): CrmError {
  return new CrmError('unavailable', 'This connection was closed; connect again.');
}
