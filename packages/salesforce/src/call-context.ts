import { AsyncLocalStorage } from 'node:async_hooks';
import type { CrmError, CrmEvent } from '@holdfast/core';

/** What the transport must know of the call it carries; jsforce offers no way to hand it through. */
export interface CallContext {
  readonly purpose: Extract<CrmEvent, { type: 'call' }>['purpose'];
  readonly signal: AbortSignal | undefined;
  /** The request may change something, so that a lost answer leaves its outcome unknown. */
  readonly writes: boolean;
  /** Told when Salesforce's own clock is seen, in milliseconds. */
  readonly onServedAt: ((at: number) => void) | undefined;
  /** Times that this call's session was refused; the second ends it, since jsforce itself would ask for ever. */
  refused: number;
  /** Why re-authorisation failed; jsforce replaces the error by one without a code. */
  failure: CrmError | null;
}

export const callContext = new AsyncLocalStorage<CallContext>();
